using FeatureTransfer.Inputs.Augmentation;

namespace FeatureTransfer.Tests.Inputs.Augmentation;

public class AugmentationPlanTests
{
    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return Case(new RandomResizedCrop { MinScale = 0 }, "MinScale to MaxScale is 0 to 1");
        yield return Case(new RandomResizedCrop { MinScale = 0.5, MaxScale = 0.4 }, "MinScale to MaxScale");
        yield return Case(new RandomResizedCrop { MaxScale = 1.1 }, "MaxScale");
        yield return Case(new RandomResizedCrop { MinRatio = double.NaN }, "MinRatio");
        yield return Case(new HorizontalFlip { Probability = 1.5 }, "Probability is '1.5', expected 0 to 1");
        yield return Case(new VerticalFlip { Probability = -0.1 }, "Probability");
        yield return Case(new Rotation { Degrees = 181 }, "Degrees is '181'");
        yield return Case(new Rotation { Fill = (BorderFill)9 }, "Fill is '9'");
        yield return Case(new ColorJitter { Brightness = -1 }, "Brightness");
        yield return Case(new ColorJitter { Contrast = 11 }, "Contrast");
        yield return Case(new ColorJitter { Saturation = double.PositiveInfinity }, "Saturation");
        yield return Case(new ColorJitter { Hue = 0.6 }, "Hue");
        yield return Case(new RandomGrayscale { Probability = 2 }, "Probability");
        yield return Case(new GaussianBlur { MaxSigma = 0.05 }, "MinSigma to MaxSigma is 0.1 to 0.05");
        yield return Case(new RandomErasing { MinArea = 0.4 }, "MinArea to MaxArea");
        yield return Case(new RandomErasing { MaxRatio = 1000 }, "MinRatio to MaxRatio");
        yield return Case(new RandomErasing { Fill = (ErasingFill)7 }, "Fill");
        yield return Case(new RandAugment { Count = -1 }, "Count");
        yield return Case(new RandAugment { Magnitude = 31 }, "Magnitude is '31', expected 0 to 30");
        yield return Case(new RandAugment { Changes = [] }, "Changes is empty");

        static TestCaseData Case(AugmentationOperation operation, string message) => new(operation, message);
    }

    [TestCaseSource(nameof(Wrong))]
    public void Validate_SettingOutOfRange_NamesIt(AugmentationOperation operation, string message) => Assert.That(
        () => AugmentationPlan.Of(operation).Validate(), Throws.ArgumentException.With.Message.Contains($"operation 1 ({operation.Kind}): ").And.Message.Contains(message));

    [Test]
    public void Validate_OperationsAtTheWrongPlace_NamesAll() => Assert.That(
        () => AugmentationPlan.Of(new RandomErasing(), new HorizontalFlip(), new RandomResizedCrop()).Validate(),
        Throws.ArgumentException.With.Message.Contains("operation 1 (randomErasing): it has to come last").And.Message.Contains("operation 3 (randomResizedCrop): it has to come first"));

    [Test]
    public void Plan_OfEqualOperations_IsEqualAndHasTheSameFingerprint()
    {
        var (one, other) = (AugmentationPlan.Of(new Rotation(), new RandAugment()), AugmentationPlan.Of(new Rotation(), new RandAugment()));
        Assert.That(one, Is.EqualTo(other));
        Assert.That(one.Fingerprint, Is.EqualTo(other.Fingerprint).And.StartsWith("augment1|rotation(15,Background,1)|randAugment(2,9,Identity+"));
    }

    [Test]
    public void Fingerprint_AnyOtherSetting_IsAnother()
    {
        AugmentationOperation[] operations = [.. Wrong().Select(data => (AugmentationOperation)data.Arguments[0]!), new Rotation(), new RandomErasing(), new RandAugment(), new ColorJitter()];
        Assert.That(operations.Select(operation => AugmentationPlan.Of(operation).Fingerprint).Distinct().Count(), Is.EqualTo(operations.Length));
    }
}
