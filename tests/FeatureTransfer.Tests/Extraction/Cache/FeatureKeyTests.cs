using FeatureTransfer.Extraction;

namespace FeatureTransfer.Tests.Extraction.Cache;

public class FeatureKeyTests
{
    [Test]
    public void Of_SameInputAndScope_IsEqual()
    {
        byte[] model = [3];
        var (first, second) = (FeatureKey.Of([1, 2], FeatureKey.Scope(model, "r")), FeatureKey.Of([1, 2], FeatureKey.Scope([.. model], "r")));
        Assert.That(second, Is.EqualTo(first));
        Assert.That(second.GetHashCode(), Is.EqualTo(first.GetHashCode()));
    }

    [Test]
    public void Of_AnythingElse_IsAnother()
    {
        FeatureKey[] keys =
        [
            FeatureKey.Of([1, 2], FeatureKey.Scope([3], "r")),
            FeatureKey.Of([1, 3], FeatureKey.Scope([3], "r")),
            FeatureKey.Of([1, 2], FeatureKey.Scope([4], "r")),
            FeatureKey.Of([1, 2], FeatureKey.Scope([3], "s")),
            FeatureKey.Of([], FeatureKey.Scope([], "")),
        ];
        Assert.That(keys, Is.Unique);
        Assert.That(keys.Select(key => key.GetHashCode()), Is.Unique);
    }
}
