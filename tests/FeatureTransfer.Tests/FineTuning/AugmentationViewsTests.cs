using FeatureTransfer.FineTuning;
using Microsoft.ML;

namespace FeatureTransfer.Tests.FineTuning;

public class AugmentationViewsTests
{
    private readonly StripedImages _images = new();

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [Test]
    public void Fit_SomeViews_ReadsEachTrainingImageOnceAView()
    {
        var counted = new Counted();
        using var tuned = Fit(counted, 3, "conv2");
        Assert.That(counted.Calls, Is.EqualTo(3 * tuned.Summary!.TrainRows));
        Assert.That(counted.Seeds, Has.Count.EqualTo(counted.Calls), "each version of each image is another one");
        Assert.That(tuned.Summary.History.Count(epoch => epoch.Phase == "tuning"), Is.EqualTo(5));
    }

    [Test]
    public void Fit_NoViews_ReadsEachTrainingImageInEachEpoch()
    {
        var counted = new Counted();
        using var tuned = Fit(counted, 0, "conv2");
        Assert.That(counted.Calls, Is.EqualTo(5 * tuned.Summary!.TrainRows));
    }

    [Test]
    public void Fit_NothingFrozen_ReadsEachTrainingImageInEachEpoch()
    {
        var counted = new Counted();
        using var tuned = Fit(counted, 3, "conv1");
        Assert.That(counted.Calls, Is.EqualTo(5 * tuned.Summary!.TrainRows));
    }

    [Test]
    public void Fit_ViewsThatChangeNothing_LearnsAsWithoutAugmentation()
    {
        using var views = Fit(new Counted { Darkens = false }, 3, "conv2");
        using var plain = Fit(null, 0, "conv2");
        Assert.That(views.Summary!.History.Select(epoch => epoch.TrainLoss), Is.EqualTo(plain.Summary!.History.Select(epoch => epoch.TrainLoss)).Within(1e-4));
    }

    [Test]
    public void Fit_ViewsThatDarken_LearnsFromThem()
    {
        using var views = Fit(new Counted(), 3, "conv2");
        using var plain = Fit(null, 0, "conv2");
        Assert.That(views.Summary!.History[^1].TrainLoss, Is.Not.EqualTo(plain.Summary!.History[^1].TrainLoss).Within(0.01));
    }

    private FineTunedTransformer Fit(IImageAugmentation? augmentation, int views, string from) => new MLContext(1).MulticlassClassification.Trainers
        .FineTune(_images.Options with { TrainableFrom = from, HeadEpochs = 1, Epochs = 5, Augmentation = augmentation, AugmentationViews = views, AlwaysKeepTuned = true })
        .Fit(StripedImages.Keyed(_images.Rows));

    /// <summary>Makes images darker, and counts.</summary>
    private sealed class Counted : IImageAugmentation
    {
        private readonly HashSet<ulong> _seeds = [];
        private int _calls;

        public int Calls => _calls;

        public IReadOnlyCollection<ulong> Seeds => _seeds;

        public bool Darkens { get; init; } = true;

        public string Fingerprint => "counted";

        public void Read(ReadOnlyMemory<byte> encoded, ImagePreprocessing preprocessing, ulong seed, Span<float> destination, string name)
        {
            Interlocked.Increment(ref _calls);
            lock (_seeds)
                _seeds.Add(seed);
            new ImagePreprocessor(preprocessing).Read(encoded, destination, name);
            foreach (ref var value in destination)
                value *= Darkens ? 1 - (seed % 4 * 0.2f) : 1;
        }
    }
}
