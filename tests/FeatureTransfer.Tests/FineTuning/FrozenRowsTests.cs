using FeatureTransfer.FineTuning;
using Microsoft.ML;

namespace FeatureTransfer.Tests.FineTuning;

public class FrozenRowsTests
{
    private readonly StripedImages _images = new(count: 40);

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [TestCase("conv2", 1, TestName = "Fit_FrozenBeginning_ReadsImagesOnce")]
    [TestCase("conv1", 1, TestName = "Fit_NothingFrozen_ReadsImagesOnceForTheHead")]
    public void Fit_TrainableFrom_RunsTheFrozenPartOverAllRows(string from, int passes)
    {
        var seen = new Extractions();
        using var tuned = Fit(_images.Options with { TrainableFrom = from, HeadEpochs = 1, Epochs = 2 }, seen);
        Assert.That(seen.Ends(_images.Rows.Count), Is.EqualTo(passes));
        Assert.That(seen.All, Is.EqualTo(passes));
    }

    // Of the steps of unfreezing the first begins behind conv2; what conv2 reads is computed when its turn comes.
    [Test]
    public void Fit_GradualUnfreezing_RunsEarlierLayersWhenTheyBegin()
    {
        var seen = new Extractions();
        using var tuned = Fit(_images.Options with { TrainableFrom = null, HeadEpochs = 1, Epochs = 3, Unfreeze = [new(0, "bn2"), new(1, "conv2")] }, seen);
        Assert.That(seen.All, Is.EqualTo(2));
    }

    [Test]
    public void Fit_FeaturesFromActivations_TeachTheHeadAsFeaturesOfWholeImages()
    {
        var options = _images.Options with { HeadEpochs = 3, Epochs = 1 };
        using var behind = Fit(options with { TrainableFrom = "conv2" }, new Extractions());
        using var whole = Fit(options with { TrainableFrom = "conv1" }, new Extractions());
        Assert.That(HeadLosses(behind), Is.EqualTo(HeadLosses(whole)).Within(1e-5));
    }

    private static IEnumerable<double> HeadLosses(FineTunedTransformer tuned) => tuned.Summary!.History.Where(epoch => epoch.Phase == "head").Select(epoch => epoch.TrainLoss);

    private FineTunedTransformer Fit(FineTuneOptions options, Extractions seen) => new MLContext(1).MulticlassClassification.Trainers
        .FineTune(options, new FeatureTransferServices { Progress = seen })
        .Fit(StripedImages.Keyed(_images.Rows));

    /// <summary>Counts the runs of an extraction, whose reports grow and begin anew.</summary>
    private sealed class Extractions : IProgress<WorkProgress>
    {
        private readonly List<long> _done = [];

        public int All => _done.Where((done, i) => i == 0 || done <= _done[i - 1]).Count();

        public int Ends(int rows) => _done.Count(done => done == rows);

        public void Report(WorkProgress value)
        {
            if (value.Stage.StartsWith("Extracting", StringComparison.Ordinal))
                _done.Add(value.Done);
        }
    }
}
