using FeatureTransfer.FineTuning;

namespace FeatureTransfer.Tests.FineTuning;

public class FineTuneOptionsTests
{
    private static readonly FineTuneOptions _options = new() { Backbone = "backbone.onnx" };

    [Test]
    public void Validate_Defaults_AreInRange() => Assert.That(_options.Validate, Throws.Nothing);

    [Test]
    public void Defaults_AreThoseOfTheDocumentation() => Assert.Multiple(() =>
    {
        Assert.That((_options.InputColumnName, _options.LabelColumnName, _options.GroupColumnName), Is.EqualTo(("ImagePath", "Label", (string?)null)));
        Assert.That((_options.HeadEpochs, _options.HeadLearningRate, _options.Epochs, _options.LearningRate), Is.EqualTo((30, 0.005, 10, 0.0001)));
        Assert.That((_options.BatchSize, _options.AccumulationSteps, _options.LayerDecay, _options.EmaDecay), Is.EqualTo((32, 1, 1.0, 0.0)));
        Assert.That((_options.ValidationFraction, _options.Seed, _options.UseCache), Is.EqualTo((0.2, 1, true)));
        Assert.That(_options.Optimizer, Is.EqualTo(new OptimizerOptions { Kind = OptimizerKind.AdamW, Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8, WeightDecay = 0.01, ClipNorm = 1 }));
        Assert.That(_options.Schedule, Is.EqualTo(new ScheduleOptions { Kind = ScheduleKind.Cosine, WarmUpEpochs = 1, FinalFactor = 0.01 }));
        Assert.That(_options.EarlyStopping, Is.EqualTo(new EarlyStoppingOptions { Patience = 0, MinDelta = 0, RestoreBest = true }));
        Assert.That((_options.Mix.IsOn, _options.TunesBackbone, _options.BatchStatistics), Is.EqualTo((false, false, false)));
        Assert.That(_options.Device, Is.EqualTo(FeatureTransfer.Devices.Device.Auto));
    });

    [Test]
    public void Equals_SameSettings_IsTrue() => Assert.That(
        _options with { Layers = ["a"], Unfreeze = [new(0, "b")], Head = new() { Hidden = [8] } },
        Is.EqualTo(new FineTuneOptions { Backbone = "backbone.onnx", Layers = ["a"], Unfreeze = [new(0, "b")], Head = new() { Hidden = [8] } }));

    [TestCaseSource(nameof(Wrong))]
    public void Validate_OutOfRange_NamesTheOption(FineTuneOptions options, string name) =>
        Assert.That(options.Validate, Throws.ArgumentException.With.Message.Contains(name));

    [Test]
    public void Validate_SeveralFaults_AreAllNamed() =>
        Assert.That(
            (_options with { BatchSize = 0, LearningRate = -1, Head = new() { Dropout = 1 } }).Validate,
            Throws.ArgumentException.With.Message.Contains("BatchSize is 0").And.Message.Contains("LearningRate is -1").And.Message.Contains("Dropout is 1"));

    [TestCase("block_*/kernel", "block_12/kernel", ExpectedResult = true)]
    [TestCase("block_*/kernel", "block_12/bias", ExpectedResult = false)]
    [TestCase("conv?.weight", "conv1.weight", ExpectedResult = true)]
    [TestCase("conv?.weight", "conv10.weight", ExpectedResult = false)]
    [TestCase("*", "anything", ExpectedResult = true)]
    public bool Fits_Pattern_CoversTheWholeName(string pattern, string name) => NamePattern.Fits(pattern, name);

    [Test]
    public void Factor_GroupsAndDepth_MultiplyUp()
    {
        var options = _options with { LayerDecay = 0.5, LearningRateGroups = [new("head/*", 10), new("*bias", 2), new("*", 1)] };
        Assert.That(
            new[] { LearningRates.Factor(options, "head/bias", 0), LearningRates.Factor(options, "conv.bias", 1), LearningRates.Factor(options, "conv.weight", 3) },
            Is.EqualTo(new[] { 10, 1, 0.125 }));
    }

    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return Case(_options with { Backbone = " " }, "Backbone");
        yield return Case(_options with { TrainableFrom = "a", TrainablePatterns = ["b"] }, "TrainablePatterns");
        yield return Case(_options with { HeadEpochs = 0, Epochs = 0 }, "HeadEpochs");
        yield return Case(_options with { LayerDecay = 0 }, "LayerDecay");
        yield return Case(_options with { ValidationFraction = 1 }, "ValidationFraction");
        yield return Case(_options with { ValidationFraction = 0, EarlyStopping = new() { Patience = 3 } }, "Patience");
        yield return Case(_options with { Unfreeze = [new(3, "a"), new(3, "b")] }, "Unfreeze");
        yield return Case(_options with { Unfreeze = [new(10, "a")] }, "Unfreeze");
        yield return Case(_options with { LearningRateGroups = [new("a", -1)] }, "LearningRateGroups");
        yield return Case(_options with { Optimizer = new() { Beta2 = 1 } }, "Beta2");
        yield return Case(_options with { Optimizer = new() { Nesterov = true, Momentum = 0 } }, "Nesterov");
        yield return Case(_options with { Schedule = new() { RisingShare = 2 } }, "RisingShare");
        yield return Case(_options with { Head = new() { Hidden = [0] } }, "Hidden");
        yield return Case(_options with { Mix = new() { MixupAlpha = -1 } }, "MixupAlpha");
        yield return Case(_options with { Loss = new() { LabelSmoothing = 1 } }, "LabelSmoothing");
        yield return Case(_options with { Checkpoint = new() { Resume = true } }, "Resume");
        yield return Case(_options with { LearningRateFinder = new() { Maximum = 0 } }, "LearningRateFinder.Maximum");
    }

    private static TestCaseData Case(FineTuneOptions options, string name) => new TestCaseData(options, name).SetArgDisplayNames(name);
}
