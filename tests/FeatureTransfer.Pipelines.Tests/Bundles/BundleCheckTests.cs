using FeatureTransfer.Pipelines.Bundles;

namespace FeatureTransfer.Pipelines.Tests.Bundles;

public class BundleCheckTests
{
    [TestCase(0.5f, 0.50005f, true)]
    [TestCase(0.5f, 0.501f, false)]
    [TestCase(250_000f, 250_001f, true, Description = "a price, to the digits that single precision has")]
    [TestCase(250_000f, 250_100f, false)]
    [TestCase(-250_000f, 250_000f, false)]
    public void AreAlike_Scores_AllowForRoundingAlone(float expected, float actual, bool alike) =>
        Assert.That(BundleCheck.AreAlike([expected], [actual]), Is.EqualTo(alike));

    [Test]
    public void AreAlike_FewerScores_IsNot() => Assert.That(BundleCheck.AreAlike([1, 2], [1]), Is.False);
}
