using System.Globalization;
using System.Text.Json;

namespace FeatureTransfer.Cli.Tests;

/// <summary>Sets of labels, the unknown, few labels and probes on the command line, over one model.</summary>
public class LimitsCommandTests
{
    private string _folder = "";
    private FtOutcome _run = null!;

    private string Model => Path.Combine(_folder, "out", "model.ftm");

    [OneTimeSetUp]
    public async Task Train()
    {
        _folder = Directory.CreateTempSubdirectory("ft-limits-").FullName;
        var random = new Random(3);
        File.WriteAllLines(
            Path.Combine(_folder, "rows.csv"),
            Enumerable.Range(0, 120).Select(i => string.Create(CultureInfo.InvariantCulture, $"{(i % 2 * 2) + random.NextDouble()},{random.NextDouble()},{"ab"[i % 2]},{(i % 3 == 0 ? "old" : "new")}")).Prepend("x,y,label,camera"));
        File.WriteAllLines(Path.Combine(_folder, "new.csv"), ["x,y,camera", "0.5,0.5,new", "90,-90,old"]);
        File.WriteAllText(Path.Combine(_folder, "p.json"), """
            {
              "data": { "type": "csv", "path": "rows.csv", "image": null, "numbers": ["x", "y"], "texts": ["camera"] },
              "split": { "testFraction": 0.5, "folds": 2 },
              "estimators": [
                { "type": "Concatenate", "output": "Features", "inputs": ["x", "y"] },
                { "type": "MapValueToKey", "output": "Label" },
                { "type": "ClassDistance" },
                { "type": "NearestCentroid", "metric": "euclidean", "calibrate": false }
              ],
              "evaluation": { "calibrate": true, "conformal": { "coverage": 0.8 }, "unknown": { "column": "Distance" }, "fewShot": { "shots": [1, 4], "repeats": 2 }, "probe": ["camera"] },
              "outputs": { "folder": "out", "report": null }
            }
            """);
        _run = await Ft.RunAsync("run", Path.Combine(_folder, "p.json"));
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Run_Summary_HasALineForEach()
    {
        Assert.That(_run.Code, Is.EqualTo(ExitCodes.Ok), _run.Error);
        Assert.That(_run.Output, Does.Match(@"calibration +temperature \d+\.\d\d; expected calibration error 0\.\d+, without it 0\.\d+; log-loss"));
        Assert.That(_run.Output, Does.Match(@"sets +[01]\.\d+ \[.*\] hold the label, 0\.8 were asked for; \d\.\d+ labels each"));
        Assert.That(_run.Output, Does.Match(@"unknown +0\.\d+ \[.*\] of the rows, 0\.05 of known labels may be; accuracy of the others"));
        Assert.That(_run.Output, Does.Match(@"few labels +1: \d\.\d+ ± \d\.\d+, 4: \d\.\d+ ± \d\.\d+ \(labels a class: accuracy\)"));
        Assert.That(_run.Output, Does.Match(@"probe +camera from the features as they are: a linear probe tells 0\.\d+ \[.*\] of the rows, 0\.\d+ by chance; accuracy").And.Match(@"probe +with EraseConcept: a linear probe tells"));
    }

    [Test]
    public async Task Predict_Csv_HasTheSetAndWhetherItIsUnknown()
    {
        var (code, output, error) = await Ft.RunAsync("predict", Model, Path.Combine(_folder, "new.csv"), "--format", "csv");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).ToList();
        Assert.That(lines[0], Is.EqualTo("input,label,confidence,set,unknown,error,score_a,score_b"));
        Assert.That(lines[1], Does.Match(",a,[01][^,]*,a,no,,"));
        Assert.That(lines[2], Does.Match("^[^,]*,,[01][^,]*,[^,]*,yes,,"));
    }

    [Test]
    public async Task Predict_TableAndJson_SayUnknown()
    {
        var table = await Ft.RunAsync("predict", Model, Path.Combine(_folder, "new.csv"));
        var json = await Ft.RunAsync("predict", Model, Path.Combine(_folder, "new.csv"), "--format", "json");
        using var answers = JsonDocument.Parse(json.Output);
        Assert.That(table.Output, Does.Contain("(unknown)"));
        Assert.That(answers.RootElement[1].GetProperty("unknown").GetBoolean(), Is.True);
        Assert.That(answers.RootElement[0].GetProperty("set")[0].GetString(), Is.EqualTo("a"));
        Assert.That(answers.RootElement[0].GetProperty("novelty").GetDouble(), Is.LessThan(answers.RootElement[1].GetProperty("novelty").GetDouble()));
    }

    [TestCase("rows.csv", ExitCodes.Ok, "60 rows of the reference, 120 new ones: no drift")]
    [TestCase("moved.csv", ExitCodes.BadInput, "60 rows of the reference, 40 new ones: drift")]
    public async Task Drift_Table_GoesThroughTheModelsChain(string table, int expected, string text)
    {
        File.WriteAllLines(Path.Combine(_folder, "moved.csv"), Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i * 0.1},2,new")).Prepend("x,y,camera"));
        var (code, output, error) = await Ft.RunAsync("drift", Model, Path.Combine(_folder, table), "--permutations", "199");
        Assert.That(code, Is.EqualTo(expected), error);
        Assert.That(output, Does.Contain(text));
    }

    [Test]
    public async Task Evaluate_Model_JudgesItsLimits()
    {
        var (code, output, error) = await Ft.RunAsync("evaluate", Model, Path.Combine(_folder, "p.json"));
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Match(@"sets: [01]\.\d+ \[.*\] hold the label").And.Match(@"unknown: 0\.\d+ \["));
        Assert.That(output, Does.Match(@"calibration: temperature \d+\.\d\d; expected calibration error 0\.\d+, without it 0\.\d+; log-loss 0\.\d+, without it 0\.\d+"));
    }

    /// <summary>The same rows, so the same errors as the run had, on the console and in JSON.</summary>
    [Test]
    public async Task Evaluate_Json_HasTheErrorsOfTheRunWithAndWithoutTheTemperature()
    {
        var (code, output, error) = await Ft.RunAsync("evaluate", Model, Path.Combine(_folder, "p.json"), "--json");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        using var json = JsonDocument.Parse(output);
        var (before, after) = (json.RootElement.GetProperty("calibration").GetProperty("before"), json.RootElement.GetProperty("calibration").GetProperty("after"));
        var line = string.Create(CultureInfo.InvariantCulture, $"expected calibration error {Of(after, "expectedCalibrationError"):0.000}, without it {Of(before, "expectedCalibrationError"):0.000}; log-loss {Of(after, "logLoss"):0.000}, without it {Of(before, "logLoss"):0.000}");
        Assert.That(_run.Output, Does.Contain(line));

        static double Of(JsonElement errors, string name) => errors.GetProperty(name).GetDouble();
    }
}
