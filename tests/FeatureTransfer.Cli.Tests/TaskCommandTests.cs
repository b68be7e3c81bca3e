using System.Globalization;
using System.Text.Json;
using FeatureTransfer.Cli.Tests.Samples;

namespace FeatureTransfer.Cli.Tests;

/// <summary>run, predict and evaluate in tasks other than one of several classes.</summary>
public class TaskCommandTests
{
    private ColourFolder _colours = null!;

    [SetUp]
    public void MakeFolder() => _colours = new ColourFolder(10);

    [TearDown]
    public void Remove() => _colours.Dispose();

    [Test]
    public async Task Binary_RunPredictEvaluate_SayYesOrNo()
    {
        var pipeline = Write("""
            "task": "binary", "data": { "type": "imageFolder", "path": "images" },
            "evaluation": { "positiveLabel": "red" },
            """, "LbfgsLogisticRegression");
        var (code, output, error) = await Ft.RunAsync("run", pipeline);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Contain("30 rows, 2 labels (not red, red)").And.Match(@"accuracy 1\.000 \[0\.\d+, 1\.000\], area under ROC 1\.000, F1 1\.000").And.Contain("threshold 0."));

        (_, output, _) = await Ft.RunAsync("predict", _colours.Bundle, _colours.ImagePath("red", 3), _colours.ImagePath("blue", 3), "--format", "csv");
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[0].Trim(), Is.EqualTo("input,label,confidence,score,probability,error,score_not red,score_red"));
        Assert.That(lines.Skip(1).Select(line => line.Split(',')[1]), Is.EqualTo(new[] { "red", "not red" }));
        Assert.That(lines.Skip(1).Select(line => double.Parse(line.Split(',')[4], CultureInfo.InvariantCulture)), Is.Ordered.Descending);

        (_, output, _) = await Ft.RunAsync("predict", _colours.Bundle, _colours.ImagePath("red", 3), "--format", "jsonl");
        using var answer = JsonDocument.Parse(output);
        Assert.That(answer.RootElement.GetProperty("probability").GetDouble(), Is.GreaterThanOrEqualTo(answer.RootElement.GetProperty("threshold").GetDouble()));

        (_, output, _) = await Ft.RunAsync("predict", _colours.Bundle, _colours.ImagePath("blue", 3), "--threshold", "0", "--json");
        using var lenient = JsonDocument.Parse(output);
        Assert.That(lenient.RootElement[0].GetProperty("label").GetString(), Is.EqualTo("red"), "every probability reaches 0");
        Assert.That(lenient.RootElement[0].GetProperty("threshold").GetDouble(), Is.Zero);

        (code, output, error) = await Ft.RunAsync("evaluate", _colours.Bundle, _colours.Images);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Contain("accuracy 1.000").And.Contain("on 30 rows").And.Match("not red +20 +1.000 +1.000"));
    }

    [Test]
    public async Task Regression_RunPredictEvaluate_SayNumbers()
    {
        var rows = new[] { "red", "green", "blue" }.SelectMany((label, kind) => Enumerable.Range(0, 10).Select(image => string.Create(CultureInfo.InvariantCulture, $"images/{label}/{image}.png,{kind + 0.5}")));
        File.WriteAllLines(Path.Combine(_colours.Root, "rows.csv"), ["path,label", .. rows, "images/red/0.png,much"]);
        var pipeline = Write("\"task\": \"regression\", \"data\": { \"type\": \"csv\", \"path\": \"rows.csv\" },", "FastTree", "\"minimumExampleCountPerLeaf\": 2");
        var (code, output, error) = await Ft.RunAsync("run", pipeline);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Contain("30 rows, a number each").And.Contain("R² 1.000, mean absolute error 0.0").And.Contain("rows.csv(32): the field \"label\" is \"much\", expected a number"));

        (_, output, _) = await Ft.RunAsync("predict", _colours.Bundle, _colours.ImagePath("green", 3), "--format", "csv");
        var line = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1].Split(',');
        Assert.That(double.Parse(line[1], CultureInfo.InvariantCulture), Is.EqualTo(1.5).Within(0.1));

        foreach (var option in new[] { "--top", "--threshold" })
        {
            (code, _, error) = await Ft.RunAsync("predict", _colours.Bundle, _colours.ImagePath("green", 3), option, "1");
            Assert.That(code, Is.EqualTo(ExitCodes.BadInput), error);
            Assert.That(error, Does.Contain("numbers").And.Contain("Leave it out"));
        }

        (code, output, _) = await Ft.RunAsync("evaluate", _colours.Bundle, pipeline, "--json");
        using var json = JsonDocument.Parse(output);
        Assert.That(code, Is.EqualTo(ExitCodes.SomeRejected), "the row without a number is told of again");
        Assert.That(json.RootElement.GetProperty("metrics").GetProperty("rSquared").GetDouble(), Is.GreaterThan(0.98));
    }

    [Test]
    public async Task Validate_TrainerOfAnotherTask_NamesItsPlace()
    {
        var pipeline = Write("\"task\": \"regression\", \"data\": { \"type\": \"imageFolder\", \"path\": \"images\" },", "LbfgsLogisticRegression");
        var (code, _, error) = await Ft.RunAsync("pipelines", "validate", pipeline);
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("$.estimators[2]: LbfgsLogisticRegression cannot end a pipeline whose task is regression"));
    }

    private string Write(string head, string trainer, string? options = null)
    {
        var file = Path.Combine(_colours.Root, "task.json");
        File.WriteAllText(file, $$"""
            {
              {{head}}
              "split": { "testFraction": 0.3, "folds": 2 },
              "estimators": [
                { "type": "ExtractFeatures", "backbone": "colours.onnx" },
                { "type": "NormalizeMeanVariance", "output": "Features" },
                { "type": "{{trainer}}"{{(options is null ? "" : ", " + options)}} }
              ],
              "outputs": { "folder": "out" }
            }
            """);
        return file;
    }
}
