using System.Text.Json;
using FeatureTransfer.Cli.Tests.Samples;

namespace FeatureTransfer.Cli.Tests;

public class CleanCommandTests
{
    private ColourFolder _colours = null!;

    [SetUp]
    public void MakeFolder()
    {
        _colours = new ColourFolder();
        File.Move(_colours.ImagePath("red", 3), Path.Combine(_colours.Images, "blue", "stray.png"));
        _colours.Add("green/broken.png", [1, 2, 3]);
    }

    [TearDown]
    public void Remove() => _colours.Dispose();

    [Test]
    public async Task Clean_OneWrongLabelAndABrokenFile_NamesBoth()
    {
        var (code, output, error) = await Ft.RunAsync("clean", _colours.Images, "--backbone", _colours.Backbone);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.SomeRejected), error);
            Assert.That(output, Does.StartWith("30 rows: 1 label is probably wrong").And.Contain("1 unreadable").And.Match(@"stray\.png +blue +red +0\.\d+"));
            Assert.That(error, Does.Contain("broken.png"));
        });
    }

    [Test]
    public async Task Clean_Output_TrainTakesTheMendedTable()
    {
        var file = Path.Combine(_colours.Root, "rows.csv");
        var cleaned = await Ft.RunAsync("clean", _colours.Images, "--backbone", _colours.Backbone, "--output", file);
        Assert.That(cleaned.Output, Does.Contain("Next: mend the labels in"));
        var lines = File.ReadAllLines(file);
        Assert.Multiple(() =>
        {
            Assert.That(lines[0], Is.EqualTo("path,label,suggestion,doubt,issues,duplicates"));
            Assert.That(lines[1], Does.StartWith("images/blue/stray.png,blue,red,").And.Contain("label"));
            Assert.That(lines, Has.Length.EqualTo(31));
        });

        File.WriteAllLines(file, lines.Select(line => line.Replace("stray.png,blue", "stray.png,red", StringComparison.Ordinal)));
        var (code, output, error) = await Ft.RunAsync("train", file, "--backbone", _colours.Backbone, "--output", Path.Combine(_colours.Root, "out"));
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Contain("rows: 30 rows, 3 labels"));
    }

    [Test]
    public async Task Clean_Json_HasSuspectsAlone()
    {
        var (_, output, error) = await Ft.RunAsync("clean", _colours.Images, "--backbone", _colours.Backbone, "--json", "--duplicates", "1", "--outliers", "1000");
        using var json = JsonDocument.Parse(output);
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().Where(row => row.GetProperty("isProbableError").GetBoolean()).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(rows, Has.Count.EqualTo(1), error);
            Assert.That(rows[0].GetProperty("suggestion").GetString(), Is.EqualTo("red"));
            Assert.That(json.RootElement.GetProperty("rejected").GetArrayLength(), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Clean_Regression_SaysWhichTasksItTakes()
    {
        var file = Path.Combine(_colours.Root, "numbers.json");
        File.WriteAllText(file, """
            {
              "task": "regression", "data": { "type": "imageFolder", "path": "images" },
              "estimators": [ { "type": "ExtractFeatures", "backbone": "colours.onnx" }, { "type": "FastTree" } ],
              "outputs": { "folder": "out" }
            }
            """);
        var (code, _, error) = await Ft.RunAsync("clean", file);
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("multiclass or binary"));
    }
}
