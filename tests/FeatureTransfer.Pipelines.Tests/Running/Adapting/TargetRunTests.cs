using System.Text.Json;
using FeatureTransfer.Adaptation;

namespace FeatureTransfer.Pipelines.Tests.Running.Adapting;

/// <summary>Pipelines with a target: what is kept, what the model file holds, and what is said.</summary>
public class TargetRunTests
{
    private TwoStyles _rows = null!;

    [SetUp]
    public void MakeRows() => _rows = new TwoStyles();

    [TearDown]
    public void RemoveRows() => _rows.Dispose();

    [TestCase(AdaptationMethod.Coral)]
    [TestCase(AdaptationMethod.OptimalTransport)]
    [TestCase(AdaptationMethod.SubspaceAlignment)]
    public async Task Run_MovedTarget_SavesTheAdaptedModelWithoutADomain(AdaptationMethod method)
    {
        var target = new TargetOptions { Data = _rows.Write("target.csv", moved: 4), Methods = [method] };
        var result = await new PipelineRunner().RunAsync(_rows.Pipeline(target));
        Assert.That(result.Target!.Keep, Is.EqualTo($"{method}"), result.Target.Why);
        Assert.That(result.Target.Candidates[0].Accuracy, Is.LessThan(0.7));
        Assert.That(result.Test!.Metrics.Headline!.Value, Is.GreaterThan(0.9), "the plain model on the source");

        using var bundle = Bundle.Load(result.BundlePath!);
        Assert.Multiple(() =>
        {
            Assert.That(bundle.Manifest.InputColumns.Concat(bundle.Manifest.NumberColumns), Is.EquivalentTo(new[] { "Label", "item", "x", "y" }), "no column of the domain");
            Assert.That(bundle.Manifest.Test!.Headline!.Value, Is.EqualTo(result.Target.Candidates[1].Accuracy).Within(1e-6));
            Assert.That(bundle.Manifest.CrossValidation, Is.Null);
            Assert.That(bundle.Manifest.TrainRows, Is.EqualTo(result.Target.SourceRows));
            Assert.That(AccuracyOf(bundle, _rows.Pipeline() with { Data = target.Data }), Is.GreaterThan(0.9), "the target's rows as they come");
            Assert.That(AccuracyOf(bundle, _rows.Pipeline()), Is.LessThan(0.7), "source rows were mapped in training alone");
        });
    }

    [Test]
    public async Task Run_MovedTarget_IsInMetricsAndReport()
    {
        var result = await new PipelineRunner().RunAsync(_rows.Pipeline(new TargetOptions { Data = _rows.Write("target.csv", moved: 4), Methods = [AdaptationMethod.Coral] }));
        using var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(_rows.Folder, "out", "metrics.json")));
        var target = metrics.RootElement.GetProperty("target");
        var report = File.ReadAllText(result.ReportPath!);
        Assert.Multiple(() =>
        {
            Assert.That(target.GetProperty("keep").GetString(), Is.EqualTo("Coral"));
            Assert.That(target.GetProperty("candidates")[1].GetProperty("gain").GetDouble(), Is.EqualTo(result.Target!.Candidates[1].Gain));
            Assert.That(report, Does.Contain("The model file is adapted by Coral").And.Contain("<b>Coral, kept</b>").And.Contain("McNemar"));
            Assert.That((result.Target.SourceRows, result.Target.TargetRows, result.Target.TestRows), Is.EqualTo((result.TrainRows, 60, 60)));
            Assert.That(result.StageSeconds, Does.ContainKey("target"));
        });
    }

    /// <summary>The domains differ in the shares of their classes alone, and aligning takes that for shift.</summary>
    [Test]
    public async Task Run_OtherSharesOfClasses_KeepsThePlainModelAndSaysNegativeTransfer()
    {
        var pipeline = _rows.Pipeline(new TargetOptions { Data = _rows.Write("target.csv", moved: 0, rare: 12) });
        var result = await new PipelineRunner().RunAsync(pipeline);
        using var bundle = Bundle.Load(result.BundlePath!);
        Assert.Multiple(() =>
        {
            Assert.That(result.Target!.Keep, Is.EqualTo(DomainComparison.SourceOnly));
            Assert.That(result.Target.Why, Does.Contain("Negative transfer: Standardize"));
            Assert.That(File.ReadAllText(result.ReportPath!), Does.Contain("The plain model is kept").And.Contain("Standardize (negative transfer)"));
            Assert.That(bundle.Manifest.Test, Is.EqualTo(result.Test!.Metrics));
            Assert.That(AccuracyOf(bundle, pipeline), Is.GreaterThan(0.9));
        });
    }

    [Test]
    public async Task Run_TargetWithoutLabels_KeepsThePlainModelAndShowsWhatIsMeasuredWithoutThem()
    {
        var options = new TargetOptions { Data = _rows.Write("target.csv", moved: 4, labelled: false), Methods = [AdaptationMethod.Coral], Weights = [ImportanceMethod.DomainClassifier] };
        var result = await new PipelineRunner().RunAsync(_rows.Pipeline(options));
        var (plain, adapted) = (result.Target!.Candidates[0].LabelFree!, result.Target.Candidates[1].LabelFree!);
        Assert.Multiple(() =>
        {
            Assert.That(result.Target.Keep, Is.EqualTo(DomainComparison.SourceOnly));
            Assert.That(result.Target.Candidates.Select(candidate => candidate.Name), Is.EqualTo(new[] { "source-only", "Coral", "DomainClassifier" }));
            Assert.That(result.Target.Candidates.Select(candidate => candidate.Accuracy), Is.All.Null);
            Assert.That(result.Target.Why, Does.Contain("no labels").And.Contain("holds only where").And.Contain("may be certain error"));
            Assert.That(adapted.EffectiveRows, Is.GreaterThan(2 * plain.EffectiveRows), "where the domains lie together, many rows weigh alike");
            Assert.That(adapted.WeightedAccuracy, Is.GreaterThan(0.9).And.LessThanOrEqualTo(1));
            Assert.That(adapted.Density, Is.LessThan(Math.Log(59)).And.GreaterThan(1));
            Assert.That(new[] { plain.Entropy, adapted.Entropy }, Is.All.InRange(0, Math.Log(3)));
            Assert.That(File.ReadAllText(result.ReportPath!), Does.Contain("Effective rows").And.Contain("may be certain error"));
        });
    }

    /// <summary>A weight wins nothing here; each group has one row in either domain, and rows grouped with held-out ones are not trained on.</summary>
    [Test]
    public async Task Run_Groups_AreOnOneSide()
    {
        var result = await new PipelineRunner().RunAsync(_rows.Pipeline(new TargetOptions { Data = _rows.Write("target.csv", moved: 4), Methods = [AdaptationMethod.Coral] }, group: true));
        Assert.That(result.Target!.SourceRows, Is.LessThan(result.TrainRows).And.GreaterThan(20));
        Assert.That(result.Target.Keep, Is.EqualTo("Coral"));
    }

    [TestCase("\"task\": \"binary\"", "\"methods\": [\"coral\"]", "LbfgsLogisticRegression", "$.target", "multiclass")]
    [TestCase("\"seed\": 1", "\"methods\": []", "LbfgsMaximumEntropy", "$.target.methods", "nothing to compare")]
    [TestCase("\"seed\": 1", "\"weights\": [\"kliep\"]", "NearestCentroid", "$.target.weights", "takes none")]
    [TestCase("\"seed\": 1", "\"testFraction\": 1", "LbfgsMaximumEntropy", "$.target.testFraction", "from above 0 to below 1")]
    [TestCase("\"seed\": 1", "\"methods\": [\"corall\"]", "LbfgsMaximumEntropy", "$.target.methods[0]", "coral")]
    public void Parse_Fault_NamesThePlaceAndWhatWasExpected(string pipeline, string target, string trainer, string place, string expected) =>
        Assert.That(() => Parse(pipeline, target, trainer), Throws.TypeOf<PipelineFormatException>().With.Message.Contains(place).And.Message.Contains(expected));

    [Test]
    public void Parse_FeaturesThatAreLearned_SaysWhichColumnIsMissing() =>
        Assert.That(() => Parse("\"seed\": 1", "\"methods\": [\"coral\"]", "LbfgsMaximumEntropy", "\"output\": \"Other\""), Throws.TypeOf<PipelineFormatException>().With.Message.Contains("$.target").And.Message.Contains("\"Features\""));

    [Test]
    public void Run_TargetThatLacksAColumn_NamesIt() =>
        Assert.That(
            () => new PipelineRunner().RunAsync(_rows.Pipeline(new TargetOptions { Data = _rows.Write("target.csv", 0) with { Numbers = ["x"] } })),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("$.target.data").And.Message.Contains("\"y\""));

    [Test]
    public void Target_NothingToTry_IsRefused() =>
        Assert.That(() => _rows.Pipeline(new TargetOptions { Data = _rows.Write("target.csv", 0), Methods = [] }), Throws.ArgumentException.With.Message.Contains("nothing to compare"));

    private static double AccuracyOf(Bundle bundle, PipelineDefinition definition) => BundleEvaluation.OnAll(bundle, definition).Metrics.Metrics["microAccuracy"]!.Value;

    private static PipelineDefinition Parse(string pipeline, string target, string trainer, string output = "\"output\": \"Features\"") => PipelineReader.Parse(
        $$"""
        { {{pipeline}}, "data": { "type": "csv", "path": "a.csv", "image": null, "numbers": ["x"] },
          "estimators": [{ "type": "Concatenate", {{output}}, "inputs": ["x"] }, { "type": "{{trainer}}" }],
          "target": { "data": { "type": "csv", "path": "b.csv", "image": null, "numbers": ["x"] }, {{target}} } }
        """,
        "p.json");
}
