using FeatureTransfer.Inputs.Augmentation;

namespace FeatureTransfer.Tests.Inputs.Augmentation;

public class AugmenterTests
{
    private static readonly AugmentationPlan _all = AugmentationPlan.Of(
        new RandomResizedCrop(), new HorizontalFlip(), new VerticalFlip(), new Rotation(), new ColorJitter { Hue = 0.1 }, new RandomGrayscale(), new GaussianBlur(), new RandAugment(), new RandomErasing { Fill = ErasingFill.Noise });

    private static readonly byte[] _image = TestImages.Png(90, 70, TestImages.Ramp(90, 70));
    private static readonly ImagePreprocessing _recipe = new() { Width = 40, Height = 32, Mean = [0.4f, 0.5f, 0.6f], Std = [0.2f, 0.2f, 0.2f] };

    private static float[] Read(Augmenter augmenter, ulong seed)
    {
        var tensor = new float[augmenter.Preprocessing.TensorLength];
        augmenter.Read(_image, seed, tensor, "test image");
        return tensor;
    }

    [Test]
    public void Read_EmptyPlan_IsWhatThePreprocessorGives() =>
        Assert.That(Read(new Augmenter(AugmentationPlan.None, _recipe), 1), Is.EqualTo(TestImages.Read(_recipe, _image)));

    [Test]
    public void Read_ProbabilitiesOfZero_IsWhatThePreprocessorGives()
    {
        var never = AugmentationPlan.Of(
            new HorizontalFlip { Probability = 0 }, new VerticalFlip { Probability = 0 }, new Rotation { Probability = 0 }, new ColorJitter { Probability = 0 }, new RandomGrayscale { Probability = 0 }, new GaussianBlur { Probability = 0 }, new RandomErasing { Probability = 0 });
        var augmenter = new Augmenter(never, _recipe);
        for (var seed = 0UL; seed < 20; seed++)
            Assert.That(Read(augmenter, seed), Is.EqualTo(TestImages.Read(_recipe, _image)));
    }

    [Test]
    public void Read_ManyThreads_GivesWhatOneThreadGives()
    {
        var augmenter = new Augmenter(_all, _recipe);
        var alone = Enumerable.Range(0, 48).Select(row => Read(augmenter, AugmentationSeed.Of(7, 2, row))).ToList();
        var together = new float[48][];
        Parallel.For(0, 48, new ParallelOptions { MaxDegreeOfParallelism = 8 }, row => together[47 - row] = Read(augmenter, AugmentationSeed.Of(7, 2, 47 - row)));
        Assert.That(together, Is.EqualTo(alone));
        Assert.That(alone.Select(tensor => tensor.Sum()).Distinct().Count(), Is.EqualTo(48));
    }

    [Test]
    public void Read_NewAugmenter_RepeatsTheRun() =>
        Assert.That(Read(new Augmenter(_all, _recipe), 11), Is.EqualTo(Read(new Augmenter(AugmentationPlan.Of([.. _all.Operations]), _recipe), 11)));

    [Test]
    public void Read_OneMoreOperation_LeavesThoseBeforeAsTheyWere()
    {
        var (one, more) = (AugmentationPlan.Of(new RandomResizedCrop()), AugmentationPlan.Of(new RandomResizedCrop(), new HorizontalFlip { Probability = 1 }));
        var (plain, flipped) = (Read(new Augmenter(one, _recipe), 3), Read(new Augmenter(more, _recipe), 3));
        Assert.That(flipped.Chunk(40).SelectMany(row => row.Reverse()), Is.EqualTo(plain));
    }

    [Test]
    public void Read_Flip_ComesAboutAsOftenAsAsked([Values(0.1, 0.5, 0.9)] double probability)
    {
        var augmenter = new Augmenter(AugmentationPlan.Of(new HorizontalFlip { Probability = probability }), TestImages.Bytes(4, 4));
        // Red rises from left to right, unless flipped.
        var flips = Enumerable.Range(0, 1000).Count(row => Read(augmenter, AugmentationSeed.Of(1, row % 10, row / 10)) is var tensor && tensor[0] > tensor[9]);
        Assert.That(flips / 1000.0, Is.EqualTo(probability).Within(0.05));
    }

    [Test]
    public void Read_NoImage_IsBadInputByItsName() => Assert.That(
        () => new Augmenter(_all, _recipe).Read("hello"u8.ToArray(), 1, new float[_recipe.TensorLength], "folder/bad.jpg"),
        Throws.TypeOf<BadInputException>().With.Message.Contains("folder/bad.jpg"));

    [Test]
    public void Read_ShortDestination_SaysBothLengths() => Assert.That(
        () => new Augmenter(_all, _recipe).Read(_image, 1, new float[10]),
        Throws.ArgumentException.With.Message.Contains("10 floats").And.Message.Contains("3840"));

    [Test]
    public void Of_AnyPartOfTheSeed_GivesAnotherSeed()
    {
        var seeds = from run in Enumerable.Range(-2, 5) from epoch in Enumerable.Range(0, 20) from row in Enumerable.Range(0, 50) select AugmentationSeed.Of(run, epoch, row);
        Assert.That(seeds.Distinct().Count(), Is.EqualTo(5 * 20 * 50));
    }

    [Test]
    public void Of_KnownPlace_IsTheSameForEver() => Assert.That(new AugmentationRandom(0).Next(), Is.EqualTo((0xE220A8397B1DCDAFUL >> 11) * Math.Pow(2, -53)));
}
