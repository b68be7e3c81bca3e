namespace FeatureTransfer.Server.Tests;

/// <summary>The models of all tests, each trained when it is first asked for.</summary>
[SetUpFixture]
public class Toys
{
    internal static ToyModels All { get; private set; } = null!;

    [OneTimeSetUp]
    public void Make() => All = new ToyModels();

    [OneTimeTearDown]
    public void Remove() => All.Dispose();
}
