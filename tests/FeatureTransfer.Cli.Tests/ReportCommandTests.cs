using System.Text.Json;
using FeatureTransfer.Cli.Tests.Samples;

namespace FeatureTransfer.Cli.Tests;

/// <summary>report compare, on two real runs.</summary>
public class ReportCommandTests
{
    [Test]
    public async Task Compare_TwoRuns_WritesThePageAndSaysWhatItHolds()
    {
        using var colours = new ColourFolder();
        var (first, second, page) = (Path.Combine(colours.Root, "first"), Path.Combine(colours.Root, "second"), Path.Combine(colours.Root, "both.html"));
        foreach (var (folder, strength) in new[] { (first, "1"), (second, "1000") })
            await Ft.RunAsync("run", colours.Pipeline, "--quiet", "--set", $"outputs.folder={folder}", "--set", $"estimators[3].l2Regularization={strength}");
        var (code, output, error) = await Ft.RunAsync("report", "compare", first, second, "--out", page);
        var html = File.ReadAllText(page);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
            Assert.That(output, Does.Match(@"run +held-out test +gain +p").And.Contain("accuracy 1.000 [").And.Match("rows have different answers; the page is .*both.html"));
            Assert.That(html, Does.Contain("estimators[3].l2Regularization").And.Contain("9 of 9"));
        }

        (code, output, _) = await Ft.RunAsync("report", "compare", first, second, "--out", page, "--json");
        var json = JsonDocument.Parse(output).RootElement;
        Assert.That(json.GetProperty("pairs")[0].GetProperty("rows").GetInt32(), Is.EqualTo(9));
        Assert.That(json.GetProperty("runs")[0].GetProperty("metrics").GetProperty("microAccuracy").GetDouble(), Is.EqualTo(1));
    }

    [Test]
    public async Task Compare_WrongArguments_SaysWhatIsWrong()
    {
        Assert.That((await Ft.RunAsync("report", "compare", "only")).Code, Is.EqualTo(ExitCodes.Usage));
        var (code, _, error) = await Ft.RunAsync("report", "compare", "none", "nor-this");
        Assert.That((code, error.Contains("there is no file", StringComparison.Ordinal)), Is.EqualTo((ExitCodes.BadInput, true)), error);
    }
}
