using System.Text.Json;
using FeatureTransfer.Cli.Tests.Samples;

namespace FeatureTransfer.Cli.Tests;

/// <summary>Groups of rows that are judged apart: the labels of one camera are wrong more often than not.</summary>
public class SliceCommandTests
{
    private ColourFolder _colours = null!;

    [SetUp]
    public void MakeTable()
    {
        _colours = new ColourFolder(20);
        var labels = new[] { "red", "green", "blue" };
        var rows =
            from kind in Enumerable.Range(0, 3)
            from image in Enumerable.Range(0, 20)
            let camera = image % 2 == 0 ? "new" : "old"
            select $"images/{labels[kind]}/{image}.png,{(camera == "old" && image % 4 == 1 ? labels[(kind + 1) % 3] : labels[kind])},{camera}";
        File.WriteAllLines(Path.Combine(_colours.Root, "rows.csv"), ["path,label,camera", .. rows]);
    }

    [TearDown]
    public void Remove() => _colours.Dispose();

    [Test]
    public async Task Run_Slices_SummaryMetricsAndReportNameTheWorstGroup()
    {
        var (code, output, error) = await Ft.RunAsync("run", Pipeline("\"texts\": [\"camera\"]", "\"slices\": [\"camera\"]"));
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Match(@"groups +by camera: lowest accuracy 0\.\d+ \[.*\] for 'old' on \d+ rows, 0\.\d+ below 'new'"));
        using var metrics = JsonDocument.Parse(File.ReadAllText(_colours.Output("metrics.json")));
        var slices = metrics.RootElement.GetProperty("test").GetProperty("slices")[0];
        Assert.Multiple(() =>
        {
            Assert.That(slices.GetProperty("worst").GetString(), Is.EqualTo("old"));
            Assert.That(slices.GetProperty("groups").GetArrayLength(), Is.EqualTo(2));
            Assert.That(slices.GetProperty("equalisedOdds").GetDouble(), Is.GreaterThan(0.1));
            Assert.That(File.ReadAllText(_colours.Output("report.html")), Does.Contain("<h2>Groups by camera</h2>"));
        });
    }

    [Test]
    public async Task Evaluate_SlicesOfAColumnThatTheModelDoesNotRead_ListsTheGroups()
    {
        var pipeline = Pipeline("\"limit\": 60", "\"maxRejectedShare\": 0.1");
        var trained = await Ft.RunAsync("run", pipeline);
        Assert.That(trained.Code, Is.EqualTo(ExitCodes.Ok), trained.Error);
        var (code, output, error) = await Ft.RunAsync("evaluate", _colours.Bundle, pipeline, "--all", "--slices", "camera");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Contain("By camera:").And.Match(@"old +30 +0\.\d+ ").And.Match(@"new +30 +1\.000").And.Contain("equalised odds difference"));
    }

    [Test]
    public async Task Run_SlicesOfAnUnknownColumn_IsFoundBeforeAnyWork()
    {
        var (code, _, error) = await Ft.RunAsync("run", Pipeline("\"texts\": [\"camera\"]", "\"slices\": [\"lens\"]"));
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("$.evaluation.slices[0]").And.Contain("\"lens\"").And.Contain("camera"));
    }

    [Test]
    public async Task Evaluate_SlicesOfAFolder_SaysThatAFolderHasNoColumns()
    {
        var trained = await Ft.RunAsync("run", Pipeline("\"limit\": 60", "\"maxRejectedShare\": 0.1"));
        Assert.That(trained.Code, Is.EqualTo(ExitCodes.Ok), trained.Error);
        var (code, _, error) = await Ft.RunAsync("evaluate", _colours.Bundle, _colours.Images, "--slices", "camera");
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("has no columns"));
    }

    private string Pipeline(string data, string evaluation)
    {
        var file = Path.Combine(_colours.Root, "slices.json");
        File.WriteAllText(file, $$"""
            {
              "data": { "type": "csv", "path": "rows.csv", {{data}} },
              "split": { "testFraction": 0.5, "folds": 0 },
              "evaluation": { {{evaluation}} },
              "estimators": [
                { "type": "ExtractFeatures", "backbone": "colours.onnx" },
                { "type": "MapValueToKey", "output": "Label" },
                { "type": "LbfgsMaximumEntropy" }
              ],
              "outputs": { "folder": "out" }
            }
            """);
        return file;
    }
}
