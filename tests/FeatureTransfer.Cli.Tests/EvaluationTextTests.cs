using FeatureTransfer.Cli.Commands;
using FeatureTransfer.Cli.Terminal;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Cli.Tests;

/// <summary>What is printed does not grow with the number of labels.</summary>
public class EvaluationTextTests
{
    [Test]
    public void Write_ThousandLabels_NamesTheWorstAndTheMostConfused()
    {
        string[] labels = [.. Enumerable.Range(0, 1000).Select(label => $"label {label}")];
        var counts = labels.Select((_, row) => Enumerable.Range(0, 1000).Select(column => column == (row + 1) % 1000 ? 1.0 : 0).ToArray()).ToArray();
        counts[500][20] = 7;
        var lines = Lines(shell => EvaluationText.Write(shell, new EvaluationResult
        {
            Metrics = [new("microAccuracy", 0.5, true)],
            Labels = labels,
            ConfusionCounts = counts,
            PerClass = [.. labels.Select((label, i) => new ClassResult(label, 0.5, i / 1000.0, 8))],
        }));
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Length.LessThan(45).And.All.Length.LessThanOrEqualTo(80));
            Assert.That(lines, Has.One.EqualTo("The 20 of 1000 labels with the lowest F1:"));
            Assert.That(lines, Has.One.Match("^label 0 +8 +0.500 +0.000 +0.000$").And.None.Match("^label 20 +8"));
            Assert.That(lines, Has.One.Match("^label 500 +label 20 +7 +0.875$"));
        });
    }

    [Test]
    public void RunSummary_ThousandLabels_NamesTen()
    {
        var lines = Lines(shell => RunSummary.Write(shell.Out, new RunResult
        {
            Name = "many",
            Started = DateTimeOffset.UnixEpoch,
            Pipeline = "",
            Rows = 5000,
            Labels = [.. Enumerable.Range(0, 1000).Select(label => $"l{label}")],
        }));
        Assert.That(lines[0], Is.EqualTo("many: 5000 rows, 1000 labels (l0, l1, l2, l3, l4, l5, l6, l7, l8, l9 and 990 more)"));
    }

    [TestCase(-0.0001, ExpectedResult = "0.000")]
    [TestCase(-0.5, ExpectedResult = "-0.500")]
    [TestCase(123456.0, ExpectedResult = "1.235e+5")]
    public string Value_Metric_HasNoNegativeZero(double value) => MetricText.Value(value);

    private static string[] Lines(Action<Shell> write)
    {
        using var text = new StringWriter();
        write(new Shell(text, TextWriter.Null, quiet: true, json: false));
        return text.ToString().ReplaceLineEndings("\n").Split('\n');
    }
}
