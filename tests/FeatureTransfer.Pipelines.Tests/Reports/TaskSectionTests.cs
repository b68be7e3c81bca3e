using System.Globalization;
using System.Text.RegularExpressions;
using FeatureTransfer.Pipelines.Reports;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Pipelines.Tests.Reports;

public class TaskSectionTests
{
    private static readonly BinaryDetail _binary = BinaryCurves.Detail([0.9f, 0.4f, 0.4f, 0.1f], [true, true, false, false], 0.4, "<yes>", "no");
    private static readonly RegressionDetail _regression = new([new("a/1.png", 10, 12), new("a/2.png", 20, 19), new("a/<3>.png", 30, 60), new("a/4.png", 1250, 1250)]);
    private static readonly MultiLabelDetail _labels = new([new("<cat>", 0.5, 0.25, 1 / 3.0, 0.75, 8), new("dog", 1, 1, 1, 1, 3)], 0.4);

    [Test]
    public void Binary_Threshold_IsToldWithItsRates() => Assert.That(
        BinarySection.Render(_binary),
        Does.Contain("a score of 0.4 or more").And.Contain("finds 100.0 % of").And.Contain("calls 50.0 % of").And.Contain("66.7 % of the rows called").And.Contain("&lt;yes&gt;").And.Not.Contain("<yes>"));

    [Test]
    public void Binary_Curves_HaveTheirLinesToCompareWithAndTheThresholdMarked()
    {
        var html = BinarySection.Render(_binary);
        Assert.Multiple(() =>
        {
            Assert.That(Lines(html, "Receiver"), Has.Length.EqualTo(2), "the curve and the diagonal");
            Assert.That(html, Does.Contain("threshold 0.4: true 1.000, false positive rate 0.500").And.Contain("threshold 0.4: precision 0.667, recall 1.000"));
            Assert.That(html, Does.Contain("chance: 50.0 % are positive"));
            Assert.That(Regex.Count(html, "stroke-dasharray"), Is.EqualTo(2), "the diagonal and the base rate");
            Assert.That(html, Does.Not.Contain(">-0<"));
        });
    }

    [Test]
    public void Binary_Mark_LiesOnTheCurve()
    {
        var html = BinarySection.Render(_binary);
        var mark = Regex.Match(html, "<circle cx=\"([^\"]*)\" cy=\"([^\"]*)\"");
        Assert.That(Lines(html, "Receiver")[0].Split(' '), Does.Contain($"{mark.Groups[1]},{mark.Groups[2]}"));
    }

    [Test]
    public void Binary_OneLabelOnly_SaysWhyThereAreNoCurves() =>
        Assert.That(BinarySection.Render(BinaryCurves.Detail([0.9f, 0.4f], [false, false], 0.5, "yes", "no")), Does.Contain("all have one label").And.Not.Contain("<svg"));

    [Test]
    public void Regression_Errors_AreSummedUpAndTheLargestListedFirst()
    {
        var html = RegressionSection.Render(_regression, hasPaths: true);
        Assert.Multiple(() =>
        {
            Assert.That(html, Does.Contain("Half of the predictions are within 1 of the actual number, 95 % within 30; on average they are 7.75 too high."));
            Assert.That(Regex.Matches(html, "<tr><td>([^<]*)</td>").Select(match => match.Groups[1].Value), Is.EqualTo(new[] { "&lt;3&gt;.png", "1.png", "2.png", "4.png" }));
            Assert.That(html, Does.Contain("<td>30</td><td>60</td><td>+30</td>").And.Contain("<td>20</td><td>19</td><td>-1</td>").And.Contain("<td>1,250</td>"));
        });
    }

    [Test]
    public void Regression_Scatter_HasARowOnTheDiagonalWhereItIsRight()
    {
        var html = RegressionSection.Render(_regression, hasPaths: true);
        var places = Regex.Matches(html, "M([^,]*),([^h]*)h0").Select(match => (X: Number(match.Groups[1]), Y: Number(match.Groups[2]))).ToList();
        Assert.That(places, Has.Count.EqualTo(4));
        var diagonal = Regex.Match(html, "<line x1=\"([^\"]*)\" y1=\"([^\"]*)\" x2=\"([^\"]*)\" y2=\"([^\"]*)\"");
        double left = Number(diagonal.Groups[1]), bottom = Number(diagonal.Groups[2]);
        Assert.That(places[^1].X - left, Is.EqualTo(bottom - places[^1].Y).Within(0.2), "the axes are equally long");
        Assert.That(places[2].X - left, Is.LessThan(bottom - places[2].Y - 1), "above the diagonal where too much was predicted");
    }

    [Test]
    public void Regression_ManyRows_DrawsSomeAndSaysSo()
    {
        var html = RegressionSection.Render(new RegressionDetail([.. Enumerable.Range(0, 5000).Select(i => new NumberPrediction($"{i}", i, i * 1.01))]), hasPaths: true);
        Assert.That(Regex.Count(html, "M[^ ]*?h0"), Is.LessThanOrEqualTo(2000).And.GreaterThan(500));
        Assert.That(html, Does.Contain("2,000 of 5,000 rows"));
    }

    [Test]
    public void Regression_PredictionNotANumber_IsWorstAndDrawsNothingWrong()
    {
        var html = RegressionSection.Render(new RegressionDetail([new("1", 1, 2), new("2", 1, double.NaN)]), hasPaths: true);
        Assert.That(Regex.Match(html, "<tr><td>([^<]*)</td>").Groups[1].Value, Is.EqualTo("2"));
        Assert.That(Regex.Matches(html, "(?:points|[xy][12]?|width|height|d)=\"[^\"]*NaN"), Is.Empty);
    }

    [TestCase(new[] { 0.0, 0, 0 }, ExpectedResult = 3)]
    [TestCase(new[] { -3.0, -1, 0.5, 2, 2.2, double.NaN }, ExpectedResult = 5)]
    public int Histogram_Bins_HoldAllNumbersAndPartAtZero(double[] numbers)
    {
        var bins = new Histogram("", numbers).Bins();
        Assert.That(bins.Where(bin => bin.From < 0 && bin.To > 1e-12), Is.Empty);
        Assert.That(bins, Has.Count.InRange(1, 60));
        foreach (var (from, to, count) in bins)
            Assert.That(numbers.Count(number => number >= from - (1e-6 * (to - from)) && number < to - (1e-6 * (to - from))), Is.EqualTo(count), $"{from} to {to}");
        return bins.Sum(bin => bin.Count);
    }

    [Test]
    public void MultiLabel_Labels_HaveARowEach() => Assert.That(
        MultiLabelSection.Render(_labels),
        Does.Contain("<tr><td>&lt;cat&gt;</td><td>8</td><td>50.0 %</td><td>25.0 %</td><td>0.750</td><td>0.333</td>").And.Contain("<td>dog</td><td>3</td>"));

    [Test]
    public void Page_Details_DecideTheSections()
    {
        var none = new EvaluationResult { Metrics = [] };
        Assert.Multiple(() =>
        {
            Assert.That(Headings(none with { Binary = _binary, ConfusionCounts = [[1.0]], Labels = ["yes"], PerClass = [new("yes", 1, 1, 1)] }), Is.EqualTo(new[] { "Threshold", "Confusion matrix", "Classes" }));
            Assert.That(Headings(none with { Regression = _regression }), Is.EqualTo(new[] { "Errors", "Largest errors" }));
            Assert.That(Headings(none with { MultiLabel = _labels }), Is.EqualTo(new[] { "Labels" }));
        });
    }

    [Test]
    public void Summary_Metrics_HaveReadableTitles()
    {
        var test = new EvaluationResult { Task = PipelineTask.Binary, Binary = _binary, Metrics = [new("accuracy", 0.75, true), new("areaUnderRocCurve", 0.875, true), new("someNewLoss", 12.5, false)] };
        var html = SummarySection.Render(new RunResult { Name = "a", Started = DateTimeOffset.UnixEpoch, Pipeline = "", TestRows = 4, Test = test });
        Assert.Multiple(() =>
        {
            Assert.That(html, Does.Contain("Accuracy</span><b>75.0 %</b><span class=\"soft\">95 %: 30.1 to 95.4 %, 4 held-out rows"));
            Assert.That(html, Does.Contain("Area under ROC</span><b>0.875</b><span class=\"soft\">higher is better"));
            Assert.That(html, Does.Contain("Some new loss</span><b>12.5</b><span class=\"soft\">lower is better"));
        });
    }

    [TestCase(0, ExpectedResult = "0")]
    [TestCase(0.12345, ExpectedResult = "0.1235")]
    [TestCase(-3.14159, ExpectedResult = "-3.142")]
    [TestCase(250_000, ExpectedResult = "250,000")]
    [TestCase(0.00001234, ExpectedResult = "1.234e-5")]
    [TestCase(12_345_678, ExpectedResult = "1.235e+7")]
    public string Short_Number_HasAboutFourDigits(double number) => Html.Short(number);

    private static IEnumerable<string> Headings(EvaluationResult test) =>
        Regex.Matches(TestSections.Render(test, new RunResult { Name = "", Started = default, Pipeline = "" }), "<h2>([^<]*)</h2>").Select(match => match.Groups[1].Value);

    private static string[] Lines(string html, string chart) =>
        [.. Regex.Matches(html[html.IndexOf($"<figcaption>{chart}", StringComparison.Ordinal)..html.IndexOf("</svg>", StringComparison.Ordinal)], "<polyline points=\"([^\"]*)\"").Select(match => match.Groups[1].Value)];

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);
}
