using FeatureTransfer.FineTuning;
using FeatureTransfer.Inputs.Augmentation;
using Microsoft.ML;

namespace FeatureTransfer.Tests.FineTuning;

public class CheckpointTests
{
    private readonly StripedImages _images = new(48);

    private FineTuneOptions Options => _images.Options with
    {
        HeadEpochs = 3,
        Epochs = 4,
        EmaDecay = 0.8,
        Unfreeze = [new(2, "conv1")],
        TrainableFrom = "conv2",
        Head = new() { Hidden = [5], Dropout = 0.2 },
        Mix = new() { MixupAlpha = 0.3, Place = MixPlace.Activations },
        EarlyStopping = new() { RestoreBest = false },
        AlwaysKeepTuned = true,
        Checkpoint = new() { Path = _images.PathOf("run.checkpoint"), EverySteps = 1, EveryEpochs = 1, Resume = true },
    };

    [SetUp]
    public void Forget() => File.Delete(_images.PathOf("run.checkpoint"));

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    // Three batches an epoch: breaks within the head's phase, at its end, within an epoch of the tuning and after layers were unfrozen.
    [Test]
    public void Fit_BrokenAndResumed_GivesTheSameWeightsBitForBit([Values(2, 9, 13, 19)] int batch)
    {
        var whole = Fit(Options with { Checkpoint = new() });
        Break(Options, batch);
        Assert.That(File.Exists(Options.Checkpoint.Path));
        Assert.That(Fit(Options), Is.EqualTo(whole));
    }

    // The same changes of the same images in the same epochs, and the running statistics where they stood.
    [Test]
    public void Fit_AugmentedBrokenAndResumed_GivesTheSameWeightsBitForBit([Values(7, 13, 14, 19)] int batch)
    {
        var options = Options with
        {
            BatchStatistics = true,
            Mix = new(),
            Augmentation = new PlannedAugmentation(AugmentationPlan.Of(new RandomResizedCrop { MinScale = 0.5 }, new HorizontalFlip(), new ColorJitter(), new RandomErasing())),
        };
        var whole = Fit(options with { Checkpoint = new() });
        Assert.That(Fit(options with { Checkpoint = new(), Augmentation = null }), Is.Not.EqualTo(whole), "the augmentation changes something");
        Break(options, batch);
        Assert.That(Fit(options), Is.EqualTo(whole));
    }

    [Test]
    public void Fit_OtherAugmentation_IsRefusedByName()
    {
        var options = Options with { Augmentation = new PlannedAugmentation(AugmentationPlan.Of(new HorizontalFlip())) };
        Break(options, 5);
        Assert.That(
            () => Fit(options with { Augmentation = new PlannedAugmentation(AugmentationPlan.Of(new VerticalFlip())) }),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("Augmentation was").And.Message.Contains("verticalFlip"));
    }

    [Test]
    public void Fit_ResumedAfterItsEnd_TrainsNothingAndGivesTheSame()
    {
        var whole = Fit(Options);
        var batches = 0;
        Assert.That(Fit(Options, new Told(_ => batches++)), Is.EqualTo(whole));
        Assert.That(batches, Is.Zero);
    }

    [Test]
    public void Fit_OtherOptions_AreRefusedByName()
    {
        Break(Options, 5);
        Assert.That(
            () => Fit(Options with { LearningRate = 0.5, Head = new() { Hidden = [5], Dropout = 0.4 } }),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("LearningRate was 0.02 and is 0.5").And.Message.Contains("Head.Dropout was 0.2 and is 0.4"));
    }

    [Test]
    public void Fit_OtherRows_AreRefused()
    {
        Break(Options, 5);
        Assert.That(
            () => new MLContext(1).MulticlassClassification.Trainers.FineTune(Options).Fit(StripedImages.Keyed(_images.Rows.Take(40))),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("the rows are others"));
    }

    [Test]
    public void Fit_DamagedCheckpoint_IsRefused([Values] bool cutOff)
    {
        Break(Options, 5);
        var bytes = File.ReadAllBytes(Options.Checkpoint.Path!);
        bytes[^100] ^= 1;
        File.WriteAllBytes(Options.Checkpoint.Path!, cutOff ? bytes[..^50] : bytes);
        Assert.That(() => Fit(Options), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("is damaged"));
    }

    [Test]
    public void Fit_Cancelled_KeepsTheBestSoFar()
    {
        using var stop = new CancellationTokenSource();
        var services = FeatureTransferServices.Default with { Cancellation = stop.Token };
        var stopAt = new Told(progress =>
        {
            if (progress is { Phase: "tuning", Epoch: 2 })
                stop.Cancel();
        });
        using var tuned = new MLContext(1).MulticlassClassification.Trainers.FineTune(Options with { Checkpoint = new() }, services, stopAt).Fit(StripedImages.Keyed(_images.Rows));
        Assert.That(tuned.Summary!.Cancelled);
        Assert.That(tuned.Summary.History.Count(epoch => epoch.Phase == "tuning"), Is.EqualTo(1));
        Assert.That(tuned.Summary.TunedMetric, Is.Not.Null);
    }

    private void Break(FineTuneOptions options, int batch)
    {
        var told = 0;
        Assert.That(() => Fit(options, new Told(_ => throw new InvalidOperationException("broken off"), () => ++told > batch)), Throws.InvalidOperationException);
    }

    private byte[] Fit(FineTuneOptions options, IProgress<FineTuneProgress>? progress = null)
    {
        using var tuned = new MLContext(1).MulticlassClassification.Trainers.FineTune(options, null, progress).Fit(StripedImages.Keyed(_images.Rows));
        return tuned.Model.ToBytes();
    }

    /// <summary>Is told at once, on the thread that trains.</summary>
    private sealed class Told(Action<FineTuneProgress> tell, Func<bool>? when = null) : IProgress<FineTuneProgress>
    {
        public void Report(FineTuneProgress value)
        {
            if (when is null || when())
                tell(value);
        }
    }
}
