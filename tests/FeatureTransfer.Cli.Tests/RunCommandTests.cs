using System.Text.Json;
using FeatureTransfer.Cli.Tests.Samples;

namespace FeatureTransfer.Cli.Tests;

public class RunCommandTests
{
    [Test]
    public async Task Run_Colours_WritesBundleReportAndMetrics()
    {
        using var colours = new ColourFolder();
        var (code, output, error) = await Ft.RunAsync("run", colours.Pipeline);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
            Assert.That(output, Does.Contain("held-out test     accuracy 1.000").And.Contain("on 9 rows"));
            foreach (var file in new[] { "model.ftm", "report.html", "metrics.json", "predictions.csv" })
                Assert.That(colours.Output(file), Does.Exist);
            Assert.That(colours.Output("rejected.jsonl"), Does.Not.Exist);
            Assert.That(error, Does.Contain("Cross-validating: 2/2"));
        });
    }

    [Test]
    public async Task Run_Search_PrintsTheBestAndWritesTheWinner()
    {
        using var colours = new ColourFolder();
        string[] search = ["--set", """search.options={"estimators[3].l2Regularization": [0.1, 1, 10]}"""];
        var (code, output, error) = await Ft.RunAsync(["run", colours.Pipeline, .. search]);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
            Assert.That(output, Does.Match("search +3 candidates in .* on 21 training rows").And.Match("1 +accuracy 1.000 .* 21 .* l2Regularization (0.1|1|10)"));
            Assert.That(error, Does.Contain("Judging candidates of colours: 3/3"));
        });
        var json = JsonDocument.Parse((await Ft.RunAsync(["run", colours.Pipeline, "--json", .. search])).Output).RootElement[0];
        Assert.That(json.GetProperty("winner").GetString(), Is.EqualTo(colours.Output("winner.json")));
        (code, output, error) = await Ft.RunAsync("run", colours.Output("winner.json"));
        Assert.That(output, Does.Contain("held-out test     accuracy 1.000").And.Not.Contain("candidates"), error);
    }

    [Test]
    public async Task Run_Target_PrintsTheTableAndWhatTheModelFileHolds()
    {
        using var colours = new ColourFolder();
        var target = $$"""target={"data": {"type": "imageFolder", "path": "{{colours.Images.Replace('\\', '/')}}"}, "methods": ["standardize", "coral"]}""";
        var (code, output, error) = await Ft.RunAsync("run", colours.Pipeline, "--set", target);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
            Assert.That(output, Does.Contain("target            the plain model is kept. No adaptation beats source-only"));
            Assert.That(output, Does.Match(@"source-only +1\.000 \[").And.Match("Standardize +").And.Match("Coral +").And.Contain("held-out ones."));
            Assert.That(error, Does.Contain("Comparing adaptations: 2/2"));
        });
    }

    [Test]
    public async Task Run_Quiet_WritesNoProgress()
    {
        using var colours = new ColourFolder(6);
        var (_, _, error) = await Ft.RunAsync("run", colours.Pipeline, "--quiet");
        Assert.That(error, Is.Empty);
    }

    [Test]
    public async Task Run_Glob_GoesOnPastTheFailedOneAndEndsWithATable()
    {
        using var colours = new ColourFolder(6);
        File.WriteAllText(Path.Combine(colours.Root, "broken.json"), """{ "data": { "type": "imageFolder", "path": "images" }, "estimators": [ { "type": "ExtractFeature", "backbone": "colours.onnx" } ] }""");
        var (code, output, error) = await Ft.RunAsync("run", Path.Combine(colours.Root, "*.json"));
        var table = output.Split('\n').SkipWhile(line => !line.StartsWith("pipeline ", StringComparison.Ordinal)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
            Assert.That(error, Does.Contain("broken.json(1,").And.Contain("$.estimators[0]").And.Contain("ExtractFeatures").And.Not.Contain("   at "));
            Assert.That(table[2], Does.Match("^broken.json +failed"));
            Assert.That(table[3], Does.Match("^colours.json +ok +accuracy 1.000"));
        });
    }

    [Test]
    public async Task Run_GlobWithoutMatch_StillRunsTheOthers()
    {
        using var colours = new ColourFolder(6);
        var (code, output, error) = await Ft.RunAsync("run", Path.Combine(colours.Root, "none-*.json"), colours.Pipeline);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
            Assert.That(error, Does.Contain("no pipeline matches"));
            Assert.That(output, Does.Match("colours.json +ok"));
        });
    }

    [Test]
    public async Task Run_Json_IsOneValueAndSetOverrides()
    {
        using var colours = new ColourFolder(6);
        var (_, output, _) = await Ft.RunAsync("run", colours.Pipeline, "--json", "--set", "outputs.bundle=other.ftm", "--set", "split.folds=0");
        using var json = JsonDocument.Parse(output);
        var outcome = json.RootElement[0];
        Assert.That(outcome.GetProperty("exitCode").GetInt32(), Is.EqualTo(ExitCodes.Ok));
        Assert.That(outcome.GetProperty("bundle").GetString(), Is.EqualTo(colours.Output("other.ftm")));
    }

    [Test]
    public async Task Run_Cancelled_SaysSo()
    {
        using var colours = new ColourFolder(6);
        var (code, _, error) = await Ft.RunAsync(["run", colours.Pipeline], new CancellationToken(canceled: true));
        Assert.That(code, Is.EqualTo(ExitCodes.Cancelled));
        Assert.That(error, Does.Contain("Cancelled").And.Not.Contain("   at "));
    }
}
