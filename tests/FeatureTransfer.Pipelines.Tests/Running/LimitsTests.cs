using System.Globalization;
using System.Text.Json;
using FeatureTransfer.Heads;
using FeatureTransfer.Pipelines.Running;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>Sets of labels and "unknown" as a pipeline asks for them.</summary>
public class LimitsTests
{
    private const int Rows = 300;
    private string _folder = "";

    [OneTimeSetUp]
    public void MakeTable()
    {
        _folder = Directory.CreateTempSubdirectory("ft-limits-").FullName;
        File.WriteAllLines(Path.Combine(_folder, "rows.csv"), Lines(Rows, 3).Prepend("x,y,label"));
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Run_Conformal_CoversWhatWasAskedForAndPredictsSets()
    {
        var result = await new PipelineRunner().RunAsync(Read("\"conformal\": { \"coverage\": 0.8 }"));
        var sets = result.Test!.Limits!.Sets!;
        using var bundle = Bundle.Load(result.BundlePath!);
        var table = Path.Combine(_folder, "new.csv");
        File.WriteAllLines(table, ["x,y", "-0.5,-0.5", "1,0", "1,2.2"]);
        var answers = bundle.PredictTable(table);
        var heads = File.ReadLines(Path.Combine(_folder, "out3", "predictions.csv")).First();
        using var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out3", "metrics.json")));
        Assert.Multiple(() =>
        {
            // Standard deviation of a share of 150 rows at 0.8: 0.033.
            Assert.That(sets.Covered, Is.EqualTo(0.8).Within(0.1));
            Assert.That(sets.Limit.Rows, Is.EqualTo(result.TrainRows), "the rows of the cross-validation");
            Assert.That(sets.Covered, Is.EqualTo(result.Test.Predictions.Average(row => row.Set!.Split(" | ").Contains(row.Label) ? 1.0 : 0)));
            Assert.That(answers.Select(answer => answer.Set), Is.All.Not.Null);
            Assert.That(answers[0].Set, Is.EqualTo(new[] { "a" }));
            Assert.That(answers[2].Set, Is.EqualTo(new[] { "c" }));
            Assert.That(answers.Select(answer => answer.Unknown), Is.All.Null);
            Assert.That(heads, Is.EqualTo("input,label,predicted,confidence,set"));
            Assert.That(metrics.RootElement.GetProperty("test").GetProperty("limits").GetProperty("sets").GetProperty("covered").GetDouble(), Is.EqualTo(sets.Covered));
            Assert.That(File.ReadAllText(result.ReportPath!), Does.Contain("<h2>Sets of labels</h2>").And.Not.Contain("<h2>Unknown</h2>"));
            Assert.That(BundleEvaluation.OnHeldOut(bundle, Read("\"conformal\": { \"coverage\": 0.8 }")).Metrics.Limits, Is.EqualTo(result.Test.Limits));
        });
    }

    [Test]
    public async Task Predict_SingleImages_AnswersAsForMany()
    {
        using var images = new StripedImages(18);
        var rows = string.Join(',', images.Rows.Select(row => $$"""{ "path": {{JsonSerializer.Serialize(row.ImagePath)}}, "label": "{{row.Class}}" }"""));
        var result = await new PipelineRunner().RunAsync(PipelineReader.Parse($$"""
            {
              "data": { "type": "list", "items": [{{rows}}] },
              "split": { "testFraction": 0, "folds": 2 },
              "estimators": [
                { "type": "ExtractFeatures", "backbone": {{JsonSerializer.Serialize(images.Backbone)}} },
                { "type": "MapValueToKey", "output": "Label" },
                { "type": "RidgeClassifier", "logitsColumn": "Logits" }
              ],
              "evaluation": { "conformal": { "coverage": 0.5 }, "unknown": { "falseAlarm": 0.2 } },
              "outputs": { "folder": "out", "report": null }
            }
            """, "p.json", images.Folder));
        using var bundle = Bundle.Load(result.BundlePath!);
        string[] paths = [.. images.Rows.Take(3).Select(row => row.ImagePath)];
        var many = bundle.Predict(paths);
        var single = paths.Select(path => bundle.Predict(path)).ToList();
        Assert.That(single.Select(answer => (answer.Label, string.Join('|', answer.Set!), answer.Unknown)), Is.EqualTo(many.Select(answer => (answer.Label, string.Join('|', answer.Set!), answer.Unknown))));
        Assert.That(single.Select(answer => (double)answer.Novelty!), Is.EqualTo(many.Select(answer => (double)answer.Novelty!)).Within(1e-4));
    }

    /// <summary>The trainers are far from sure enough, or too sure; a temperature mends that wherever the model answers, and no answer changes.</summary>
    [TestCase("multiclass", "", """{ "type": "RidgeClassifier", "calibrate": false }""")]
    [TestCase("binary", ", \"positiveLabel\": \"a\"", """{ "type": "FastTree", "minimumExampleCountPerLeaf": 2 }""")]
    public async Task Run_Calibrate_TheModelFileAndItsExportGiveCalibratedProbabilities(string task, string evaluation, string trainer)
    {
        var definition = Read($"\"calibrate\": true{evaluation}", trainer, task: task);
        var result = await new PipelineRunner().RunAsync(definition);
        var (before, after) = (result.Calibration!.Before!, result.Calibration.After!);
        using var bundle = Bundle.Load(result.BundlePath!);
        var (table, graph) = (Path.Combine(_folder, "judged.csv"), Path.Combine(_folder, "calibrated.onnx"));
        File.WriteAllLines(table, ["x,y", "0.2,0.3", "1.1,0.4", "0.9,1.1"]);
        var answers = bundle.PredictTable(table);
        var judged = BundleEvaluation.OnHeldOut(bundle, definition);
        bundle.ExportOnnx(graph);
        using var session = new InferenceSession(graph);
        using var x = OrtValue.CreateTensorValueFromMemory(new[] { 0.2f, 1.1f, 0.9f }, [3, 1]);
        using var y = OrtValue.CreateTensorValueFromMemory(new[] { 0.3f, 0.4f, 1.1f }, [3, 1]);
        using var run = new RunOptions();
        using var exported = session.Run(run, ["x", "y"], [x, y], ["scores"]);
        Assert.Multiple(() =>
        {
            Assert.That(after.LogLoss, Is.LessThan(before.LogLoss - 0.01));
            Assert.That(after.ExpectedCalibrationError, Is.LessThan(before.ExpectedCalibrationError));
            Assert.That(after.Accuracy, Is.EqualTo(before.Accuracy));
            Assert.That(judged.Metrics.Predictions.Select(row => row.Confidence), Is.EqualTo(result.Test!.Predictions.Select(row => row.Confidence)).Within(1e-4));
            Assert.That(judged.Calibration!.Temperature, Is.EqualTo(result.Calibration.Temperature).And.EqualTo(bundle.Manifest.Temperature));
            Assert.That(AreNear(judged.Calibration.After!, after), Is.True);

            // FastTree makes probabilities of its scores by itself, and not by the logistic function.
            Assert.That(AreNear(judged.Calibration.Before!, before), Is.EqualTo(task == "multiclass"));
            Assert.That(exported[0].GetTensorDataAsSpan<float>().ToArray(), Is.EqualTo(answers.SelectMany(answer => answer.Scores)).Within(1e-5));
            Assert.That(answers.Select(answer => answer.Scores.Sum()), Is.All.EqualTo(1).Within(1e-5));
            Assert.That(File.ReadAllText(result.ReportPath!), Does.Contain("The probabilities are those of a temperature"));
            Assert.That(File.ReadAllText(Path.Combine(_folder, "out3", "metrics.json")), Does.Contain("\"calibration\": {\n    \"temperature\""));
        });
    }

    /// <summary>Over draws of the rows, sets hold the label within 2 points of what was asked for.</summary>
    [TestCase("leastAmbiguous")]
    [TestCase("adaptive")]
    public void Find_TwentySeeds_CoverWithinTwoPoints(string method)
    {
        var definition = Read($"\"conformal\": {{ \"method\": \"{method}\" }}");
        var covered = Enumerable.Range(0, 20).Average(seed =>
        {
            var random = new Random(seed);
            (float[] Shares, int Label)[] rows = [.. Enumerable.Range(0, 1000).Select(_ => Drawn(random))];
            var folds = rows.Take(500).Select((row, number) => (number, (IReadOnlyList<string>)["a", "b", "c"], new RowScore(row.Shares)));
            var limits = LimitFinder.Find(definition, folds, [.. rows.Take(500).Select(row => "abc"[row.Label].ToString())])!;
            return rows.Skip(500).Average(row => limits.SetOf(["a", "b", "c"], row.Shares)!.Contains("abc"[row.Label].ToString()) ? 1.0 : 0);
        });
        Assert.That(covered, Is.EqualTo(0.9).Within(0.02));
    }

    [TestCase("""{ "type": "LinearProbe", "logitsColumn": "Logits", "l2Regularizations": [1] }""", "\"unknown\": { \"falseAlarm\": 0.1 }", 1, 0.57)]
    [TestCase("""{ "type": "ClassDistance" }, { "type": "RidgeClassifier" }""", "\"unknown\": { \"column\": \"Distance\", \"falseAlarm\": 0.1 }", 30, 30)]
    public async Task Run_Unknown_KeepsTheRateOfFalseAlarmsAndCallsAStrangerUnknown(string steps, string evaluation, double x, double y)
    {
        var result = await new PipelineRunner().RunAsync(Read(evaluation, steps));
        var unknown = result.Test!.Limits!.Unknown!;
        using var bundle = Bundle.Load(result.BundlePath!);
        var table = Path.Combine(_folder, "strangers.csv");
        File.WriteAllLines(table, ["x,y", string.Create(CultureInfo.InvariantCulture, $"{x},{y}"), "-0.5,-0.5"]);
        var answers = bundle.PredictTable(table);
        Assert.Multiple(() =>
        {
            // Standard deviation of a share of 150 rows at 0.1: 0.024.
            Assert.That(unknown.Share, Is.EqualTo(0.1).Within(0.075));
            Assert.That((answers[0].Unknown, answers[0].Label), Is.EqualTo((true, "")));
            Assert.That((answers[1].Unknown, answers[1].Label), Is.EqualTo((false, "a")));
            Assert.That(answers[0].Novelty, Is.GreaterThan(answers[1].Novelty!.Value));
            Assert.That(File.ReadAllText(result.ReportPath!), Does.Contain("<h2>Unknown</h2>").And.Not.Contain("<h2>Sets of labels</h2>"));
        });
    }

    [Test]
    public void Find_TooFewRowsForTheRate_SaysSoAndCallsNothingUnknown()
    {
        var folds = Enumerable.Range(0, 20).Select(row => (row, (IReadOnlyList<string>)["a", "b"], new RowScore([0.5f, 0.5f]) { Novelty = row }));
        var limits = LimitFinder.Find(Read("\"unknown\": { \"falseAlarm\": 0.001 }", """{ "type": "LinearProbe", "logitsColumn": "Logits" }"""), folds, [.. Enumerable.Repeat("a", 20)]);
        Assert.That(LimitFinder.Notes(limits), Has.One.Contains("need 999 training rows"));
        Assert.That(limits!.IsUnknown(1000), Is.False);
    }

    [Test]
    public async Task Run_Adaptive_CoversWhatWasAskedForAndGivesARowOneSet()
    {
        var definition = Read("\"conformal\": { \"coverage\": 0.8, \"method\": \"adaptive\" }");
        var result = await new PipelineRunner().RunAsync(definition);
        var sets = result.Test!.Limits!.Sets!;
        using var bundle = Bundle.Load(result.BundlePath!);
        Assert.That(sets.Limit.Method, Is.EqualTo(ConformalMethod.Adaptive));
        Assert.That(sets.Covered, Is.EqualTo(0.8).Within(0.1));
        Assert.That(BundleEvaluation.OnHeldOut(bundle, definition).Metrics.Predictions.Select(row => row.Set), Is.EqualTo(result.Test.Predictions.Select(row => row.Set)));
        Assert.That(File.ReadAllText(result.ReportPath!), Does.Contain("chance decides on the last"));
    }

    [TestCase("\"calibrate\": true", "multiclass", 0, "$.evaluation.calibrate", "split.folds")]
    [TestCase("\"calibrate\": true", "regression", 2, "$.evaluation.calibrate", "or of two")]
    [TestCase("\"conformal\": {}", "multiclass", 0, "$.evaluation.conformal", "split.folds")]
    [TestCase("\"conformal\": { \"coverage\": 1 }", "multiclass", 2, "$.evaluation.conformal.coverage", "below 1")]
    [TestCase("\"unknown\": {}", "multiclass", 2, "$.evaluation.unknown.column", "ClassDistance")]
    [TestCase("\"unknown\": { \"column\": \"Score\" }", "regression", 2, "$.evaluation.unknown", "regression")]
    [TestCase("\"fewShot\": { \"shots\": [0] }", "multiclass", 2, "$.evaluation.fewShot.shots[0]", "at least 1")]
    [TestCase("\"fewShot\": {}", "regression", 2, "$.evaluation.fewShot", "multiclass")]
    [TestCase("\"probe\": [\"speaker\"]", "multiclass", 2, "$.evaluation.probe[0]", "speaker")]
    public void Check_Fault_NamesThePlaceAndWhatToDo(string evaluation, string task, int folds, string place, string expected) => Assert.That(
        () => new PipelineRunner().RunAsync(Read(evaluation, task == "regression" ? """{ "type": "Sdca" }""" : """{ "type": "LinearProbe" }""", folds, task)),
        Throws.InstanceOf<FeatureTransferException>().With.Message.Contains(place).And.Message.Contains(expected));

    [Test]
    public async Task Run_FewShot_GrowsWithTheLabelsAndLeavesOutWhatThereAreTooFewRowsFor()
    {
        var result = await new PipelineRunner().RunAsync(Read("\"fewShot\": { \"shots\": [1, 16, 500], \"repeats\": 5 }", """{ "type": "NearestCentroid", "metric": "euclidean", "calibrate": false }""", folds: 0));
        using var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out0", "metrics.json")));
        Assert.Multiple(() =>
        {
            Assert.That(result.FewShot.Select(draws => (draws.Shots, draws.Accuracies.Count)), Is.EqualTo(new[] { (1, 5), (16, 5) }));
            Assert.That(result.FewShot[1].Mean, Is.GreaterThan(result.FewShot[0].Mean).And.EqualTo(result.Test!.Metrics.Headline!.Value).Within(0.1));
            Assert.That(result.Notes, Has.One.Contains("500 a class are left out"));
            Assert.That(metrics.RootElement.GetProperty("fewShot")[1].GetProperty("mean").GetDouble(), Is.EqualTo(result.FewShot[1].Mean));
            Assert.That(File.ReadAllText(result.ReportPath!), Does.Contain("<h2>Few labels</h2>"));
        });
    }

    private static bool AreNear(CalibrationMetrics first, CalibrationMetrics second) =>
        Math.Abs(first.LogLoss - second.LogLoss) < 1e-4 && Math.Abs(first.ExpectedCalibrationError - second.ExpectedCalibrationError) < 1e-4;

    // A label drawn by the shares themselves.
    private static (float[] Shares, int Label) Drawn(Random random)
    {
        var parts = Enumerable.Range(0, 3).Select(_ => -Math.Log(1 - random.NextDouble())).ToArray();
        float[] shares = [.. parts.Select(part => (float)(part / parts.Sum()))];
        var draw = random.NextDouble();
        return (shares, draw < shares[0] ? 0 : draw < shares[0] + shares[1] ? 1 : 2);
    }

    private static IEnumerable<string> Lines(int count, int seed)
    {
        var random = new Random(seed);
        double Spread() => (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 1.2;
        return Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{(new[] { 0, 2, 1 }[i % 3]) + Spread()},{(new[] { 0, 0, 1.7 }[i % 3]) + Spread()},{"abc"[i % 3]}"));
    }

    private PipelineDefinition Read(string evaluation, string steps = """{ "type": "RidgeClassifier", "calibrate": false }""", int folds = 3, string task = "multiclass") => PipelineReader.Parse($$"""
        {
          "task": "{{task}}",
          "data": { "type": "csv", "path": "rows.csv", "image": null, "numbers": ["x", "y"] {{(task == "regression" ? ", \"label\": \"y\"" : "")}} },
          "split": { "testFraction": 0.5, "folds": {{folds}} },
          "estimators": [
            { "type": "Concatenate", "output": "Features", "inputs": ["x", "y"] },
            {{(task != "multiclass" ? "" : "{ \"type\": \"MapValueToKey\", \"output\": \"Label\" },")}}
            {{steps}}
          ],
          "evaluation": { {{evaluation}} },
          "outputs": { "folder": "out{{folds}}" }
        }
        """, "p.json", _folder);
}
