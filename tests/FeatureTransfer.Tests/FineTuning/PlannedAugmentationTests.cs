using FeatureTransfer.FineTuning;
using FeatureTransfer.Inputs.Augmentation;

namespace FeatureTransfer.Tests.FineTuning;

public class PlannedAugmentationTests
{
    private static readonly AugmentationPlan _plan = AugmentationPlan.Of(new RandomResizedCrop(), new ColorJitter());

    [Test]
    public void Read_TwoRecipesInTurn_GivesWhatAnAugmenterGives()
    {
        var image = TestImages.Png(30, 20, TestImages.Ramp(30, 20));
        var planned = new PlannedAugmentation(_plan);
        ImagePreprocessing[] recipes = [TestImages.Bytes(8, 8), TestImages.Bytes(12, 6)];
        foreach (var preprocessing in recipes.Concat(recipes))
        {
            var (one, other) = (new float[preprocessing.TensorLength], new float[preprocessing.TensorLength]);
            planned.Read(image, preprocessing, 5, one, "test image");
            new Augmenter(_plan, preprocessing).Read(image, 5, other);
            Assert.That(one, Is.EqualTo(other));
        }
    }

    [Test]
    public void Equals_EqualPlan_IsEqual()
    {
        var equal = new PlannedAugmentation(AugmentationPlan.Of([.. _plan.Operations]));
        Assert.That(new PlannedAugmentation(_plan), Is.EqualTo(equal));
        Assert.That(new PlannedAugmentation(_plan).Fingerprint, Is.EqualTo(equal.Fingerprint));
        Assert.That(new PlannedAugmentation(_plan), Is.Not.EqualTo(new PlannedAugmentation(AugmentationPlan.None)));
    }

    [Test]
    public void PlannedAugmentation_FaultyPlan_Throws() =>
        Assert.That(() => new PlannedAugmentation(AugmentationPlan.Of(new Rotation { Degrees = -1 })), Throws.ArgumentException.With.Message.Contains("Degrees"));
}
