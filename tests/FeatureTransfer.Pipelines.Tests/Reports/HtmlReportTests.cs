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
            Assert.That(Headings(html), Is.EqualTo(new[] { "Confusion matrix", "Classes", "Most confident mistakes", "Rejected rows", "How it was made", "Pipeline" }));
            Assert.That(html, Does.Contain("Test accuracy").And.Contain("75.0 %").And.Contain("95 %: 30.1 to 95.4 %, 4 held-out rows"), "Wilson's interval of 3 of 4");
            Assert.That(html, Does.Contain("Cross-validation").And.Contain("&#177; 5.0 % over 2 folds"));
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
        Assert.That(Headings(html), Is.EqualTo(new[] { "How it was made", "Pipeline" }));
        Assert.That(html, Does.Not.Contain("Cross-validation").And.Not.Contain("Test accuracy"));
    }

    [Test]
    public void Write_ManyRejects_ShowsFiftyAndCountsAll()
    {
        var html = Write(Run("cat", "1.png") with { Rejected = [.. Enumerable.Range(0, 60).Select(i => new RejectedRow($"bad{i}.png", "it is empty", "read"))] });
        Assert.That(html, Does.Contain("60 rows could not be used; the first 50").And.Contain("bad49.png").And.Not.Contain("bad50.png"));
    }

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
