using FeatureTransfer.FineTuning;
using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Gradients;
using Microsoft.ML;

namespace FeatureTransfer.Tests.FineTuning;

/// <summary>Batch normalizations that learn by the statistics of the batch.</summary>
public class RunningStatisticsTests
{
    private readonly StripedImages _images = new(24);

    // Every weight stays, and each epoch is one batch of all rows, so that each step sees the same statistics.
    private FineTuneOptions Still => _images.Options with
    {
        TrainableFrom = "conv2",
        BatchStatistics = true,
        HeadEpochs = 0,
        Epochs = 5,
        BatchSize = 24,
        ValidationFraction = 0,
        LearningRateGroups = [new("*", 0)],
    };

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [Test]
    public void Update_Twice_IsTheMovingAverage()
    {
        using var mean = new Parameter("mean", [2], [1, 10]);
        using var variance = new Parameter("variance", [2], [4, 4]);
        using var statistics = new RunningStatistics(
            [new BatchStatistic("mean", "variance", "batch/mean", "batch/variance", 0.75f)], new Dictionary<string, Parameter> { ["mean"] = mean, ["variance"] = variance });
        var batch = statistics.Tensors.ToList();
        batch[0].GetTensorMutableDataAsSpan<float>()[0] = 5;
        batch[1].GetTensorMutableDataAsSpan<float>()[1] = 8;
        statistics.Update();
        statistics.Update();
        Assert.Multiple(() =>
        {
            Assert.That(statistics.Outputs, Is.EqualTo(new[] { "batch/mean", "batch/variance" }));
            Assert.That(mean.Values, Is.EqualTo(new[] { 5 - (4 * 0.5625f), 10 * 0.5625f }).Within(1e-6));
            Assert.That(variance.Values, Is.EqualTo(new[] { 4 * 0.5625f, 8 - (4 * 0.5625f) }).Within(1e-6));
            Assert.That((mean.Steps, variance.Steps), Is.EqualTo((2, 2)));
        });
    }

    // After k steps: what the batch has, and momentum^k of the way back to where it began.
    [Test]
    public void Fit_SameBatchEachStep_FollowsTheClosedForm([Values(false, true)] bool fromImages)
    {
        using var tuned = Fit(Still with { Mix = fromImages ? new() { MixupAlpha = 1, Probability = 1e-9 } : new() });
        var (means, variances) = Expected();
        var left = Math.Pow(0.9, 5);
        Assert.Multiple(() =>
        {
            Assert.That(Of(tuned, "bn2.mean"), Is.EqualTo(means.Select(mean => mean * (1 - left))).Within(1e-5));
            Assert.That(Of(tuned, "bn2.var"), Is.EqualTo(variances.Select(variance => left + (variance * (1 - left)))).Within(1e-4));
            Assert.That(Of(tuned, "bn2.weight"), Is.All.EqualTo(1), "nothing learned");
        });
    }

    [Test]
    public void Fit_AverageOfWeights_AveragesTheStatisticsToo()
    {
        using var tuned = Fit(Still with { EmaDecay = 0.5, Epochs = 2 });

        // The average begins at the first step and then goes half of the way, or less while it is young: 0.25 of the second step stays out.
        var (means, _) = Expected();
        var share = 1 - Math.Min(0.5, 3 / 12.0);
        Assert.That(Of(tuned, "bn2.mean"), Is.EqualTo(means.Select(mean => mean * (0.1 + (share * (0.19 - 0.1))))).Within(1e-5));
    }

    [Test]
    public void Fit_Learning_ScoresBySavedStatistics()
    {
        using var stripes = new StripedImages(90);
        using var tuned = new MLContext(1).MulticlassClassification.Trainers.FineTune(stripes.Options with { BatchStatistics = true }).Fit(StripedImages.Keyed(stripes.Rows));
        Assert.Multiple(() =>
        {
            Assert.That(tuned.Summary!.KeptTuned, tuned.Summary.Verdict);
            Assert.That(tuned.Summary.TunedMetric, Is.GreaterThan(0.8));
            Assert.That(Of(tuned, "bn2.mean"), Has.None.EqualTo(0));
            Assert.That(Of(tuned, "bn2.var"), Has.All.GreaterThan(0).And.None.EqualTo(1));
        });
        var metrics = new MLContext().MulticlassClassification.Evaluate(tuned.Transform(StripedImages.Keyed(stripes.Rows)));
        Assert.That(metrics.MicroAccuracy, Is.GreaterThan(0.9), "the saved statistics are those of the weights");
    }

    [Test]
    public void Fit_NoNormalizationLearns_IsRefused() => Assert.That(
        () => Fit(Still with { TrainableFrom = null, TrainablePatterns = ["conv2.weight"] }),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("none of the layers that learn is a batch normalization"));

    private FineTunedTransformer Fit(FineTuneOptions options) => new MLContext(1).MulticlassClassification.Trainers.FineTune(options).Fit(StripedImages.Keyed(_images.Rows));

    private static float[] Of(FineTunedTransformer tuned, string name) => Initializers.Floats(tuned.Model.Proto.Graph.Initializer.Single(tensor => tensor.Name == name));

    // Of what the untrained network gives the normalization, over all images and places.
    private (double[] Means, double[] Variances) Expected()
    {
        const int Channels = 8;
        var model = GraphCutter.Cut(OnnxModel.Load(_images.Backbone), ["conv2"]);
        var preprocessor = new ImagePreprocessor(Preprocessing());
        var values = new List<double>[Channels];
        for (var channel = 0; channel < Channels; channel++)
            values[channel] = [];
        foreach (var row in _images.Rows)
        {
            var tensor = new float[3 * StripedImages.Size * StripedImages.Size];
            preprocessor.ReadFile(row.ImagePath, tensor);
            var maps = Onnxes.Run(model, tensor, [1, 3, StripedImages.Size, StripedImages.Size])["conv2"];
            for (var i = 0; i < maps.Length; i++)
                values[i / (maps.Length / Channels)].Add(maps[i]);
        }

        double[] means = [.. values.Select(channel => channel.Average())];
        return (means, [.. values.Zip(means, (channel, mean) => channel.Average(value => (value - mean) * (value - mean)))]);
    }

    private FeatureTransfer.Inputs.Images.ImagePreprocessing Preprocessing() => FeatureTransferServices.Default.Catalog.Get(_images.Backbone).Preprocessing;
}
