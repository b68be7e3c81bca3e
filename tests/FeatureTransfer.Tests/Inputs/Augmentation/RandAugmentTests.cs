using FeatureTransfer.Inputs.Augmentation;

namespace FeatureTransfer.Tests.Inputs.Augmentation;

public class RandAugmentTests
{
    private const int Width = 16, Height = 12;
    private static readonly byte[] _noise = AugmentedPixels.Noise(Width, Height);

    private static IEnumerable<RandAugmentChange> Changes => Enum.GetValues<RandAugmentChange>();

    private static IEnumerable<RandAugmentChange> WithStrength => Changes.Except([RandAugmentChange.Identity, RandAugmentChange.AutoContrast, RandAugmentChange.Equalize]);

    [TestCaseSource(nameof(WithStrength))]
    public void Apply_MagnitudeZero_IsTheImage(RandAugmentChange change)
    {
        var plan = new RandAugment { Count = 3, Magnitude = 0, Changes = [change] };
        Assert.That(AugmentedPixels.Run(_noise, Width, Height, 5, plan), Is.EqualTo(_noise));
    }

    [TestCaseSource(nameof(WithStrength))]
    public void Apply_MoreMagnitude_ChangesMore(RandAugmentChange change)
    {
        var smooth = TestImages.Ramp(Width, Height);
        double Difference(double magnitude) => AugmentedPixels.Run(smooth, Width, Height, 5, new RandAugment { Count = 1, Magnitude = magnitude, Changes = [change], Fill = BorderFill.Edge })
            .Zip(smooth, (a, b) => Math.Abs(a - b)).Average();
        Assert.That(Difference(28), Is.GreaterThan(Difference(9)).And.GreaterThan(0));
    }

    [Test]
    public void Apply_NoChanges_IsTheImage() =>
        Assert.That(AugmentedPixels.Run(_noise, Width, Height, 5, new RandAugment { Count = 0, Magnitude = 30 }), Is.EqualTo(_noise));

    [Test]
    public void Apply_ManySeeds_ChoosesEachChangeAndBothDirections()
    {
        var grey = AugmentedPixels.Solid(Width, Height, 100, 100, 100);
        var two = new RandAugment { Count = 1, Magnitude = 15, Changes = [RandAugmentChange.Brightness, RandAugmentChange.Identity] };
        var levels = Enumerable.Range(0, 600).Select(seed => (int)AugmentedPixels.Change(grey, Width, Height, image => two.Apply(image, new AugmentationRandom((ulong)seed)))[0]).ToList();
        var counts = levels.GroupBy(level => level).ToDictionary(group => group.Key, group => group.Count());
        Assert.That(counts.Keys, Is.EquivalentTo(new[] { 55, 100, 145 }));
        Assert.That((counts[55], counts[100], counts[145]), Is.EqualTo((150, 300, 150)).Using<(int, int, int)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 45 && Math.Abs(a.Item2 - b.Item2) < 50 && Math.Abs(a.Item3 - b.Item3) < 45));
    }

    [Test]
    public void Defaults_AreThoseDocumented() =>
        Assert.That((new RandAugment().Count, new RandAugment().Magnitude, new RandAugment().Changes.Count), Is.EqualTo((2, 9.0, 14)));
}
