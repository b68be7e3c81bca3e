using FeatureTransfer.FineTuning;
using FeatureTransfer.Vision;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Vision;

public class OnnxImageClassificationOptionsTests
{
    private static readonly OnnxImageClassificationOptions _options = new() { Backbone = "backbone.onnx" };

    // As https://learn.microsoft.com/dotnet/api/microsoft.ml.vision.imageclassificationtrainer.options and its source have them.
    [Test]
    public void Defaults_AreThoseOfMlNet() => Assert.Multiple(() =>
    {
        Assert.That((_options.LabelColumnName, _options.FeatureColumnName), Is.EqualTo(("Label", "Features")));
        Assert.That((_options.Epoch, _options.BatchSize, _options.LearningRate), Is.EqualTo((200, 10, 0.01)));
        Assert.That((_options.ValidationSetFraction, _options.ValidationSet, _options.TestOnTrainSet), Is.EqualTo(((double?)0.1, (IDataView?)null, true)));
        Assert.That((_options.WorkspacePath, _options.FinalModelPrefix, _options.MetricsCallback), Is.EqualTo(((string?)null, "custom_retrained_model_based_on_", (Action<ImageClassificationMetrics>?)null)));
        Assert.That(_options.EarlyStoppingCriteria, Is.EqualTo(new EarlyStoppingCriteria { Metric = EarlyStoppingMetric.Accuracy, MinDelta = 0.01, Patience = 20 }));
        Assert.That(_options.LearningRateScheduler, Is.EqualTo(new LearningRateDecay { Kind = LearningRateDecayKind.Exponential, LearningRate = 0.01, NumEpochsPerDecay = 2, DecayRate = 0.94, Staircase = true }));
    });

    [Test]
    public void Defaults_OfWhatMlNetDoesNotHave_AreThoseOfTheDocumentation() => Assert.Multiple(() =>
    {
        Assert.That((_options.TrainableFrom, _options.TuningEpoch, _options.TuningLearningRate), Is.EqualTo(((string?)null, 10, 0.0001)));
        Assert.That((_options.Seed, _options.UseCache, _options.GroupColumnName, _options.Preprocessing, _options.Pooling), Is.EqualTo((1, true, (string?)null, (ImagePreprocessing?)null, (FeatureTransfer.Onnx.Pooling?)null)));
        Assert.That(_options.Layers, Is.Empty);
    });

    [Test]
    public void Validate_Defaults_AreInRange() => Assert.That(_options.Validate, Throws.Nothing);

    [TestCaseSource(nameof(Wrong))]
    public void Validate_OutOfRange_NamesTheOption(OnnxImageClassificationOptions options, string name) =>
        Assert.That(options.Validate, Throws.ArgumentException.With.Message.Contains(name));

    [Test]
    public void ToFineTuning_EveryOption_IsInRangeThereAsWell(
        [Values(null, "block_8")] string? trainableFrom, [Values] bool validates, [Values] bool stops, [Values] bool separate) =>
        Assert.That(
            (_options with { TrainableFrom = trainableFrom, ValidationSetFraction = validates ? 0.1 : null, EarlyStoppingCriteria = stops ? new() : null }).ToFineTuning(separate).Validate,
            Throws.Nothing);

    [Test]
    public void ToFineTuning_LastLayer_LearnsByPlainGradientDescentOnFeaturesAsTheyAre()
    {
        var options = (_options with { LearningRateScheduler = null, LearningRate = 0.3 }).ToFineTuning(separateValidation: false);
        Assert.Multiple(() =>
        {
            Assert.That(options.HeadTraining!.Optimizer, Is.EqualTo(new OptimizerOptions { Kind = OptimizerKind.Sgd, Momentum = 0, WeightDecay = 0, ClipNorm = 0 }));
            Assert.That(options.HeadTraining.Course.RateAt(1000, 10, 10), Is.EqualTo(0.3));
            Assert.That(options.Head, Is.EqualTo(new HeadOptions { Standardize = false }));
            Assert.That(options.TunesBackbone, Is.False);
        });
    }

    [TestCase(EarlyStoppingMetric.Accuracy, ValidationMetric.Accuracy)]
    [TestCase(EarlyStoppingMetric.Loss, ValidationMetric.Loss)]
    public void ToFineTuning_EarlyStopping_IsThatOfTheOptions(EarlyStoppingMetric metric, ValidationMetric expected)
    {
        var options = _options with { EarlyStoppingCriteria = new() { Metric = metric, Patience = 7, MinDelta = 0.03 } };
        Assert.That(options.ToFineTuning(false).EarlyStopping, Is.EqualTo(new EarlyStoppingOptions { Metric = expected, Patience = 7, MinDelta = 0.03 }));
        Assert.That((options with { ValidationSetFraction = null }).ToFineTuning(false).EarlyStopping.Patience, Is.Zero, "there is nothing to watch");
        Assert.That((options with { ValidationSetFraction = null }).ToFineTuning(true).EarlyStopping.Patience, Is.EqualTo(7));
    }

    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return Case(_options with { Backbone = " " }, "Backbone");
        yield return Case(_options with { FeatureColumnName = "" }, "FeatureColumnName");
        yield return Case(_options with { LabelColumnName = "" }, "LabelColumnName");
        yield return Case(_options with { Epoch = 0 }, "Epoch is 0");
        yield return Case(_options with { BatchSize = 0 }, "BatchSize is 0");
        yield return Case(_options with { LearningRate = 0 }, "LearningRate is 0");
        yield return Case(_options with { ValidationSetFraction = 1 }, "ValidationSetFraction is 1");
        yield return Case(_options with { ValidationSetFraction = 0 }, "ValidationSetFraction is 0");
        yield return Case(_options with { FinalModelPrefix = "a/b" }, "FinalModelPrefix");
        yield return Case(_options with { TuningEpoch = 0 }, "TuningEpoch is 0");
        yield return Case(_options with { TuningLearningRate = double.NaN }, "TuningLearningRate");
        yield return Case(_options with { LearningRateScheduler = new() { NumEpochsPerDecay = 0 } }, "LearningRateScheduler.NumEpochsPerDecay is 0");
        yield return Case(_options with { EarlyStoppingCriteria = new() { Patience = 0 } }, "EarlyStoppingCriteria.Patience is 0");
        yield return Case(_options with { Checkpoint = new() { Resume = true } }, "Resume");
    }

    private static TestCaseData Case(OnnxImageClassificationOptions options, string name) => new TestCaseData(options, name).SetArgDisplayNames(name);
}
