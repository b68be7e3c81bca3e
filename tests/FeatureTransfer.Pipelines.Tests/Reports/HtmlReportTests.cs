using System.Text.RegularExpressions;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Reports;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Pipelines.Tests.Reports;

public class HtmlReportTests
{
    private const string Evil = "<script>alert('x')</script>\"&";
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-report-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Write_Run_HasTheSections()
    {
        var html = Write(Run("cat", "1.png"));
        Assert.Multiple(() =>
        {
            Assert.That(html, Does.StartWith("<!doctype html>").And.EndWith("</html>\n"));
            Assert.That(Headings(html), Is.EqualTo(new[] { "Confusion matrix", "Most confused labels", "Classes", "Calibration", "Most confident mistakes", "Data and split", "Rejected rows", "How it was made", "Pipeline" }));
            Assert.That(html, Does.Contain("Test accuracy").And.Contain("75.0 %").And.Contain("95 %: 30.1 to 95.4 %, 4 held-out rows"), "Wilson's interval of 3 of 4");
            Assert.That(html, Does.Contain("Cross-validation").And.Contain("95 %: 2.2 to 100.0 %, mean over 2 folds"));
            Assert.That(html, Does.Contain("10 to train, 4 to test, 1 rejected"));
            Assert.That(html, Does.Contain("mobilenet_v2.nsfwjs, 96 features (avg of block_4, block_8), licence MIT"));
            Assert.That(html, Does.Contain("training</td><td>0.25 s").And.Contain("ONNX Runtime</td><td>1.29"));
        });
    }

    [Test]
    public void Write_LabelsAndPathsWithMarkup_AreText()
    {
        var html = Write(Run(Evil, $"{Evil}.png") with { Name = Evil });
        Assert.That(html, Does.Not.Contain("<script").IgnoreCase);
        Assert.That(Regex.Count(html, Regex.Escape("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;")), Is.GreaterThanOrEqualTo(7), "title, heading, matrix twice, class, mistake, rejected");
    }

    [Test]
    public void Write_Page_StandsAlone()
    {
        File.WriteAllBytes(Path.Combine(_folder, "1.png"), TestImages.SolidPng(200, 100, 9, 9, 9));
        var html = Write(Run("cat", Path.Combine(_folder, "1.png")));
        var sources = Regex.Matches(html, "(?:src|href)=\"([^\"]*)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.That(sources, Has.Count.EqualTo(1).And.All.StartsWith("data:image/jpeg;base64,"));
        Assert.That(html, Does.Not.Contain("url(").And.Not.Contain("@import"));
    }

    [Test]
    public void Write_ImageGone_TellsOfTheMistakeWithoutAPicture() =>
        Assert.That(Write(Run("cat", "gone.png")), Does.Contain("gone.png").And.Not.Contain("<img"));

    [Test]
    public void Write_ImageThatIsNoFile_ShowsThePictureThatWasTaken() => Assert.That(
        Write(Run("cat", "photos.zip/1.png") with { Pictures = new Dictionary<string, byte[]> { ["photos.zip/1.png"] = [1, 2, 3] } }),
        Does.Contain("src=\"data:image/jpeg;base64,AQID\""));

    [Test]
    public void Write_NoTestNoFoldsNoRejects_LeavesThoseSectionsOut()
    {
        var html = Write(Run("cat", "1.png") with { Test = null, CrossValidation = null, Rejected = [], Backbone = null });
        Assert.That(Headings(html), Is.EqualTo(new[] { "Data and split", "How it was made", "Pipeline" }));
        Assert.That(html, Does.Not.Contain("Cross-validation").And.Not.Contain("Test accuracy"));
    }

    [Test]
    public void Write_ManyRejects_ShowsFiftyAndCountsAll()
    {
        var html = Write(Run("cat", "1.png") with { Rejected = [.. Enumerable.Range(0, 60).Select(i => new RejectedRow($"bad{i}.png", "it is empty", "read"))] });
        Assert.That(html, Does.Contain("60 rows could not be used; the first 50").And.Contain("bad49.png").And.Not.Contain("bad50.png"));
    }

    [Test]
    public void Write_Mistakes_SayWhichLabelIsPredictedAndWhichIsTrue()
    {
        var html = Write(Run("cat", "1.png"));
        Assert.Multiple(() =>
        {
            Assert.That(Text(html), Does.Contain("Predicted dog 90.0 % True label cat 1.png"));
            Assert.That(html, Does.Match("<th class=\"axis\" colspan=\"2\">Predicted</th></tr><tr><th class=\"axis\">True label</th>"));
            Assert.That(Text(html), Does.Contain("Most confused labels True label Predicted Rows Of the true label cat dog 1 50.0 %"));
        });
    }

    [Test]
    public void Write_Split_TellsCountsSharesAndSeed()
    {
        var text = Text(Write(Run("cat", "1.png")));
        Assert.That(text, Does.Contain("10 of 14 rows (71.4 %) train and 4 (28.6 %) test. Everything random is drawn with seed 7."));
        Assert.That(text, Does.Contain("Label Rows To train To test dog 9 7 2 cat 5 3 2"));
    }

    [Test]
    public void Write_ThousandClasses_StaysSmallAndNamesTheMostConfused()
    {
        string[] labels = [.. Enumerable.Range(0, 1000).Select(label => $"a class with the number {label}")];
        var counts = labels.Select((_, row) => Enumerable.Range(0, 1000).Select(column => row == column ? 20.0 : (row + column) % 7 == 0 ? 1 : 0).ToArray()).ToArray();
        counts[30][700] = 9;
        var run = Run("cat", "1.png");
        var html = Write(run with
        {
            Labels = labels,
            ClassRows = [.. labels.Select(label => new ClassRows(label, 80, 20))],
            Test = run.Test! with { Labels = labels, ConfusionCounts = counts, PerClass = [.. labels.Select((label, i) => new ClassResult(label, 0.5, i / 1000.0, 20))] },
        });
        Assert.Multiple(() =>
        {
            Assert.That(html, Has.Length.LessThan(1_000_000));
            Assert.That(Text(html), Does.Contain("too large to be drawn").And.Contain("a class with the number 30 a class with the number 700 9 "));
            Assert.That(Text(html), Does.Match("The lowest F1 comes first. Label Rows Precision Recall F1 a class with the number 0 20 50.0 % 0.0 % 0.000"));
            Assert.That(Regex.Count(html, "<summary>The other 970</summary>"), Is.EqualTo(2), "of the classes and of the split");
        });
    }

    [TestCase(-0.0004, ExpectedResult = "0.0 %")]
    [TestCase(-0.0006, ExpectedResult = "-0.1 %")]
    [TestCase(0.12345, ExpectedResult = "12.3 %")]
    [TestCase(double.NaN, ExpectedResult = "NaN %")]
    public string Percent_Share_HasNoNegativeZero(double share) => Html.Percent(share);

    [Test]
    public void Number_AlmostZero_HasNoSign() => Assert.That((Html.Number(-0.0001), Html.Short(-0.0)), Is.EqualTo(("0.000", "0")));

    // What a reader sees: the text without tags.
    private static string Text(string html) => Regex.Replace(Regex.Replace(html, "<[^>]*>", " "), @"\s+", " ");

    private static IEnumerable<string> Headings(string html) => Regex.Matches(html, "<h2>([^<]*)</h2>").Select(match => match.Groups[1].Value);

    private string Write(RunResult result)
    {
        var path = Path.Combine(_folder, "out", "report.html");
        HtmlReport.Write(result, path);
        return File.ReadAllText(path);
    }

    private static MetricSet Metrics(double accuracy, double loss) =>
        [new("microAccuracy", accuracy, true), new("macroAccuracy", accuracy, true), new("logLoss", loss, false)];

    private static RunResult Run(string label, string path) => new()
    {
        Name = "a run",
        Started = DateTimeOffset.UnixEpoch,
        Pipeline = PipelineWriter.ToJson(PipelineDefinition.From(new CsvSource { Path = "rows.csv" }).Build()),
        Labels = [label, "dog"],
        Rows = 14,
        TrainRows = 10,
        TestRows = 4,
        ClassRows = [new ClassRows("dog", 7, 2), new ClassRows(label, 3, 2)],
        Seed = 7,
        Rejected = [new RejectedRow($"bad {path}", "it is empty", "ExtractFeatures")],
        CrossValidation = new CrossValidationResult(
            [new FoldResult(0, 0, 5, 5, Metrics(0.75, 0.5)), new FoldResult(0, 1, 5, 5, Metrics(0.85, 0.4))], Metrics(0.8, 0.45), Metrics(0.05, 0.05)),
        Test = new EvaluationResult
        {
            Labels = [label, "dog"],
            Metrics = Metrics(0.75, 0.5),
            ConfusionCounts = [[1.0, 1], [0.0, 2]],
            PerClass = [new ClassResult(label, 1, 0.5, 2), new ClassResult("dog", 2 / 3.0, 1, 2)],
            Predictions = [new PredictionRow(path, label, "dog", 0.9), new PredictionRow("2.png", label, label, 0.8)],
        },
        StageSeconds = new Dictionary<string, double> { ["training"] = 0.25 },
        Versions = new Dictionary<string, string> { ["ONNX Runtime"] = "1.29" },
        Backbone = new BackboneSummary("mobilenet_v2.nsfwjs", ["block_4", "block_8"], "avg", 96, "MIT"),
    };
}
