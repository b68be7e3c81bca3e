using FeatureTransfer.Pipelines.Comparing;

namespace FeatureTransfer.Pipelines.Tests.Comparing;

public class RunComparisonTests
{
    private RunFolders _runs = null!;

    [SetUp]
    public void Make() => _runs = new RunFolders();

    [TearDown]
    public void Remove() => _runs.Dispose();

    /// <summary>Of the six rows that both judged the second alone is right on two and the first alone on one.</summary>
    [Test]
    public void Read_TwoRuns_ArePairedByInputAndLabel()
    {
        var first = _runs.Write("a", "xyxyxyx", "xxxxxyx");
        var second = _runs.Write("b", "xyxyxy", "xyxyyy");
        var comparison = RunComparison.Read([first, second]);
        var pair = comparison.Pairs.Single();
        Assert.That((pair.Counts.Better, pair.Counts.Worse, pair.Counts.Rows), Is.EqualTo((2, 1, 6)));
        Assert.That(pair.PValue, Is.EqualTo(1));
        Assert.That(comparison.Disagreements.Select(row => row.Input), Is.EqualTo(new[] { "row1", "row3", "row4" }));
        Assert.That(comparison.Disagreements[0].Answers.Select(answer => answer.Predicted), Is.EqualTo(new[] { "x", "y" }));
        Assert.That(comparison.Runs[0].Test["microAccuracy"], Is.EqualTo(5 / 7.0));
    }

    [Test]
    public void Read_RowsWithTheSameName_ArePairedInTurn()
    {
        var first = _runs.Write("a", "xxx", "xyx", name: _ => "same");
        var second = _runs.Write("b", "xxx", "yxx", name: _ => "same");
        var pair = RunComparison.Read([first, second]).Pairs.Single();
        Assert.That((pair.Counts.Better, pair.Counts.Worse, pair.Counts.Rows), Is.EqualTo((1, 1, 3)));
    }

    [Test]
    public void Read_ThreeRuns_CorrectsTheirProbabilities()
    {
        var labels = new string('x', 10);
        var first = _runs.Write("a", labels, new string('y', 10));
        var comparison = RunComparison.Read([first, _runs.Write("b", labels, labels), _runs.Write("c", labels, labels)]);
        Assert.That(comparison.Pairs.Select(pair => pair.PValue), Has.All.EqualTo(2 * 2 / 1024.0).Within(1e-12));
    }

    /// <summary>Distances 1, 2 and 3 against 0, 5 and 3: once nearer, once farther, once the same.</summary>
    [Test]
    public void Read_Numbers_CountsWhichIsNearer()
    {
        var comparison = RunComparison.Read([_runs.WriteNumbers("a", 1, 2, 3), _runs.WriteNumbers("b", 0, -5, -3)]);
        var pair = comparison.Pairs.Single();
        Assert.That((pair.Counts.Better, pair.Counts.Worse, pair.Counts.Rows), Is.EqualTo((1, 1, 3)));
        Assert.That(comparison.Disagreements[0].Input, Is.EqualTo("row1"));
        Assert.That(_runs.Page(comparison), Does.Contain("nearer to the truth").And.Contain("sign test"));
    }

    [Test]
    public void Write_Page_HasAllSectionsAndNothingFromElsewhere()
    {
        var page = _runs.Page(RunComparison.Read([_runs.Write("a <b>", "xyxy", "xxxx", option: 1), _runs.Write("c", "xyxy", "xyxy", option: 2)]));
        Assert.That(page, Does.Contain("<h2>Metrics</h2>").And.Contain("<h2>Against a &lt;b&gt;</h2>").And.Contain("<h2>Classes</h2>").And.Contain("<h2>Different answers</h2>").And.Not.Contain("<b>\"").And.Not.Contain("http:"));
        Assert.That(page, Does.Contain("<td>Accuracy</td><td>50.0 % [15.0 %, 85.0 %]</td><td><b>100.0 %</b> [51.0 %, 100.0 %]</td>"));
        Assert.That(page, Does.Contain("<td>seed</td><td class=\"text\">1</td><td class=\"text\">2</td>"));
        Assert.That(page, Does.Contain("<td>row1</td><td class=\"left text\">y</td><td class=\"text\">x</td><td class=\"text\"><b>y</b></td>"));
    }

    [Test]
    public void Write_RowsThatAreImages_AreShown()
    {
        var image = Path.Combine(_runs.Folder, "1.png");
        File.WriteAllBytes(image, TestImages.SolidPng(9, 9, 1, 2, 3));
        var page = _runs.Page(RunComparison.Read([_runs.Write("a", "x", "x", name: _ => image), _runs.Write("b", "x", "y", name: _ => image)]));
        Assert.That(page, Does.Contain("src=\"data:image/jpeg;base64,"));
    }

    [Test]
    public void Read_NoCommonRow_SaysSo() => Assert.That(
        () => RunComparison.Read([_runs.Write("a", "x", "x"), _runs.Write("b", "x", "x", name: row => $"other{row}")]),
        Throws.InstanceOf<FeatureTransferException>().With.Message.Contain("held out no row in common").And.Message.Contain("'row0'").And.Message.Contain("'other0'"));

    [TestCase("no folder", "there is no file")]
    [TestCase("numbers", "of the task Regression")]
    [TestCase("no rows", "outputs.predictions")]
    [TestCase("damaged", "is not the metrics.json of a run")]
    [TestCase("a list", "is not the metrics.json of a run")]
    [TestCase("no test", "split.testFraction")]
    [TestCase("damaged rows", "is not the predictions of a run")]
    public void Read_SecondIsWrong_SaysWhatToDo(string fault, string message)
    {
        var (first, second) = (_runs.Write("a", "xy", "xy"), fault == "numbers" ? _runs.WriteNumbers("b", 1) : _runs.Write("b", "xy", "xy"));
        var (metrics, rows) = (Path.Combine(second, "metrics.json"), Path.Combine(second, "predictions.csv"));
        if (fault == "no folder")
            Directory.Delete(second, recursive: true);
        if (fault == "no rows")
            File.Delete(rows);
        if (fault == "damaged rows")
            File.WriteAllText(rows, "nothing\n1\n");
        if (fault is "damaged" or "a list" or "no test")
            File.WriteAllText(metrics, fault switch { "damaged" => "{", "a list" => "[]", _ => """{ "name": "b", "task": "multiclass", "rows": 1, "seconds": 1, "test": null }""" });
        Assert.That(() => RunComparison.Read([first, second]), Throws.InstanceOf<FeatureTransferException>().With.Message.Contain(message).And.Message.Contain(second));
    }

    [Test]
    public void Read_OneRun_IsRefused() => Assert.That(() => RunComparison.Read([_runs.Write("a", "x", "x")]), Throws.InstanceOf<FeatureTransferException>());
}
