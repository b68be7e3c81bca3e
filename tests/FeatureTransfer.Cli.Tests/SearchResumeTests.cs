using System.Text.Json;
using FeatureTransfer.Cli.Tests.Samples;

namespace FeatureTransfer.Cli.Tests;

/// <summary>A search that is killed and run again.</summary>
public class SearchResumeTests
{
    [Test]
    public async Task Run_KilledInASearch_GoesOnToTheSameEnd()
    {
        using var colours = new ColourFolder();
        string[] run = ["run", colours.Pipeline, "--quiet", "--set", """search.options={"estimators[3].l2Regularization":{"from":0.01,"to":10}}""", "--set", "search.trials=40"];
        var trials = new FileInfo(colours.Output("trials.jsonl"));
        using (FtProcess.Start(colours.Root, run))
        {
            while (!trials.Exists || trials.Length < 2000)
            {
                Assert.That(File.Exists(colours.Bundle), Is.False, "the run ended before it could be killed");
                await Task.Delay(2);
                trials.Refresh();
            }
        }

        Assert.That(File.Exists(colours.Bundle), Is.False);
        var finished = File.ReadAllText(trials.FullName).Count(letter => letter == '\n');
        Assert.That(finished, Is.InRange(1, 39));
        using (var resumed = FtProcess.Start(colours.Root, run))
            Assert.That((await resumed.WaitAsync()).Output, Does.Contain($"{finished} cross-validations from an earlier run"));
        var table = Table(colours);
        trials.Delete();
        using (var whole = FtProcess.Start(colours.Root, run))
            Assert.That((await whole.WaitAsync()).Output, Does.Contain("40 candidates").And.Not.Contain("earlier run"));
        Assert.That(Table(colours), Is.EqualTo(table));
    }

    // Without the times that it took.
    private static List<string> Table(ColourFolder colours)
    {
        using var metrics = JsonDocument.Parse(File.ReadAllText(colours.Output("metrics.json")));
        return [.. metrics.RootElement.GetProperty("search").GetProperty("trials").EnumerateArray().Select(trial => $"{trial.GetProperty("options")} {trial.GetProperty("crossValidation")}")];
    }
}
