namespace FeatureTransfer.Tests;

[NonParallelizable]
public class FeatureTransferPathsTests
{
    private readonly Dictionary<string, string?> _before = [];

    [SetUp]
    public void Remember()
    {
        foreach (var name in new[] { "FT_HOME", "XDG_CACHE_HOME" })
            _before[name] = Environment.GetEnvironmentVariable(name);
    }

    [TearDown]
    public void Restore()
    {
        foreach (var (name, value) in _before)
            Environment.SetEnvironmentVariable(name, value);
    }

    [Test]
    public void Home_Variable_IsTheFolderOfAll()
    {
        Environment.SetEnvironmentVariable("FT_HOME", "some-home");
        var home = Path.GetFullPath("some-home");
        Assert.That(FeatureTransferPaths.Home, Is.EqualTo(home));
        Assert.That(
            new[] { FeatureTransferPaths.Models, FeatureTransferPaths.Features, FeatureTransferPaths.Cards },
            Is.EqualTo(new[] { Path.Combine(home, "models"), Path.Combine(home, "features"), Path.Combine(home, "cards") }));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has a cache folder of its own.")]
    public void Home_NoVariable_IsInTheUsersCache()
    {
        Environment.SetEnvironmentVariable("FT_HOME", " ");
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", "/caches");
        Assert.That(FeatureTransferPaths.Home, Is.EqualTo("/caches/featuretransfer"));
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", null);
        Assert.That(FeatureTransferPaths.Home, Does.EndWith("/.cache/featuretransfer"));
    }
}
