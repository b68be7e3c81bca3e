using System.Globalization;
using System.Text;
using System.Text.Json;
using FeatureTransfer.Cascades;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>Gates and ensembles as steps, over a table of numbers: x says a little of the label, and x and y together all of it.</summary>
public class CompositePipelineTests
{
    private const string Keys = """{ "type": "MapValueToKey", "output": "Label" }""";
    private const string Rough = """[{ "type": "Concatenate", "output": "Features", "inputs": ["x"] }, { "type": "LbfgsMaximumEntropy" }]""";
    private const string Fine = """[{ "type": "Concatenate", "output": "Features", "inputs": ["x", "y"] }, { "type": "NormalizeMeanVariance", "output": "Features" }, { "type": "LbfgsMaximumEntropy", "l2Regularization": 0.01 }]""";
    private string _folder = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("ft-composites-").FullName;
        File.WriteAllText(Path.Combine(_folder, "rows.csv"), Rows(400, seed: 1));
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Run_Gate_SaysWhoAnsweredInMetricsReportAndBundle()
    {
        var result = await RunAsync($$"""{{Keys}}, { "type": "Gate", "cheap": {{Rough}}, "costly": {{Fine}} }""");
        using var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out", "metrics.json")));
        using var bundle = Bundle.Load(result.BundlePath!);
        var evaluation = BundleEvaluation.OnHeldOut(bundle, PipelineReader.Parse(result.Pipeline, "again", _folder));
        var predictions = bundle.PredictTable(Path.Combine(_folder, "rows.csv"));
        Assert.Multiple(() =>
        {
            Assert.That(result.Test!.Metrics["microAccuracy"], Is.GreaterThan(0.9));
            Assert.That(result.Test.Metrics["cheapShare"], Is.InRange(0.05, 0.95));
            Assert.That(result.Gate!.CheapAccuracy, Is.LessThan(result.Gate.CostlyAccuracy));
            Assert.That(result.CrossValidation!.Mean["cheapShare"], Is.Not.Null);
            Assert.That(metrics.RootElement.GetProperty("gate").GetProperty("cheapThreshold").GetDouble(), Is.EqualTo(result.Gate.CheapThreshold));
            Assert.That(metrics.RootElement.GetProperty("gate").GetProperty("timeShare").GetDouble(), Is.Positive);
            Assert.That(File.ReadAllText(result.ReportPath!), Does.Contain("Answered by the cheap chain"));
            Assert.That(bundle.Model, Has.Some.InstanceOf<GateTransformer>());
            Assert.That(evaluation.Metrics.Metrics, Is.EqualTo(result.Test.Metrics));
            Assert.That(predictions.Select(prediction => prediction.Costly).Distinct(), Is.EquivalentTo(new bool?[] { true, false }));
        });
    }

    [Test]
    public async Task Run_GateThatAsksAPerson_LeavesThoseRowsWithoutALabel()
    {
        var result = await RunAsync($$"""{{Keys}}, { "type": "Gate", "cheap": {{Rough}}, "costly": {{Rough}}, "answeredAccuracy": 0.95 }""");
        using var bundle = Bundle.Load(result.BundlePath!);
        var predictions = bundle.PredictTable(Path.Combine(_folder, "rows.csv"));
        Assert.Multiple(() =>
        {
            Assert.That(result.Gate!.CostlyAccuracy, Is.LessThan(0.95));
            Assert.That(result.Test!.Metrics["askedShare"], Is.InRange(0.01, 0.99));
            Assert.That(result.Test.Metrics["answeredAccuracy"], Is.GreaterThan(result.Test.Metrics["microAccuracy"]!));
            Assert.That(predictions.Where(prediction => prediction.Asked).Select(prediction => prediction.Label), Is.Not.Empty.And.All.Empty);
            Assert.That(predictions.Where(prediction => !prediction.Asked).Select(prediction => prediction.Label), Is.Not.Empty.And.All.Not.Empty);
        });
    }

    [TestCase("average")]
    [TestCase("vote")]
    [TestCase("stack")]
    public async Task Run_Ensemble_LearnsSavesAndAnswers(string combination)
    {
        var result = await RunAsync($$"""{{Keys}}, { "type": "Ensemble", "models": [{{Fine}}, {{Fine}}, {{Rough}}], "combination": "{{combination}}" }""");
        using var bundle = Bundle.Load(result.BundlePath!);
        Assert.Multiple(() =>
        {
            Assert.That(result.Test!.Metrics["microAccuracy"], Is.GreaterThan(0.9));
            Assert.That(result.Gate, Is.Null);
            Assert.That(bundle.PredictTable(Path.Combine(_folder, "rows.csv")).Select(prediction => prediction.Label), Has.All.Not.Empty);
        });
    }

    [Test]
    public async Task Run_GateWithinAnEnsemble_ComesBackWhole()
    {
        var result = await RunAsync($$"""{{Keys}}, { "type": "Ensemble", "models": [{{Rough}}, [{ "type": "Gate", "cheap": {{Rough}}, "costly": {{Fine}} }]], "weights": [0.2, 1] }""");
        Assert.That(result.BundlePath, Is.Not.Null);
        Assert.That(result.Test!.Metrics["microAccuracy"], Is.GreaterThan(0.8));
    }

    [Test]
    public void Parse_TrainerOfAnotherTaskWithinAGate_IsNamedByItsPlaceInTheFile() => Assert.That(
        () => Parse($$"""{{Keys}}, { "type": "Gate", "cheap": {{Rough}}, "costly": [{ "type": "LinearSvm" }] }"""),
        Throws.TypeOf<PipelineFormatException>().With.Message.Contains("$.estimators[1].costly[0]").And.Message.Contains("OneVersusAll").And.Message.Contains("p.json(1,"));

    [Test]
    public void Parse_UnknownOptionWithinAnEnsemble_IsNamedByItsPlace() => Assert.That(
        () => Parse($$"""{{Keys}}, { "type": "Ensemble", "models": [{{Rough}}, [{ "type": "NaiveBayes", "labelColum": "x" }]] }"""),
        Throws.TypeOf<PipelineFormatException>().With.Message.Contains("$.estimators[1].models[1][0].labelColum").And.Message.Contains("labelColumn"));

    private static string Rows(int count, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder("x,y,label\n");
        for (var i = 0; i < count; i++)
        {
            // Near 0 the label depends on y alone, farther away on x alone.
            var (x, y) = ((random.NextDouble() * 4) - 2, (random.NextDouble() * 8) - 4);
            text.Append(CultureInfo.InvariantCulture, $"{x},{y},{(x + (Math.Abs(x) < 1 ? 4 * y : 0) > 0 ? "up" : "down")}\n");
        }

        return text.ToString();
    }

    private PipelineDefinition Parse(string estimators) => PipelineReader.Parse(
        $$"""{ "data": { "type": "csv", "path": "rows.csv", "image": null, "numbers": ["x", "y"] }, "split": { "testFraction": 0.3, "folds": 2 }, "estimators": [{{estimators}}], "outputs": { "folder": "out" } }""",
        "p.json",
        _folder);

    private Task<RunResult> RunAsync(string estimators) => new PipelineRunner().RunAsync(Parse(estimators));
}
