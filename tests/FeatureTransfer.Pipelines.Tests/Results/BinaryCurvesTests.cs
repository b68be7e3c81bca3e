using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Pipelines.Tests.Results;

public class BinaryCurvesTests
{
    // Two positives and two negatives, one pair with the same score: worked out on paper.
    private static readonly float[] _scores = [0.9f, 0.4f, 0.4f, 0.1f];
    private static readonly bool[] _truths = [true, true, false, false];

    [Test]
    public void Roc_Ties_AreOnePoint() => Assert.That(
        BinaryCurves.Roc(_scores, _truths).Select(point => (point.X, point.Y)), Is.EqualTo(new[] { (0.0, 0.0), (0.0, 0.5), (0.5, 1.0), (1.0, 1.0) }));

    [Test]
    public void Roc_Thresholds_GiveTheRatesOfTheirPoints()
    {
        foreach (var (falsePositiveRate, truePositiveRate, threshold) in BinaryCurves.Roc(_scores, _truths))
        {
            var called = _truths.Where((_, row) => _scores[row] >= threshold).ToList();
            Assert.That((called.Count(truth => !truth) / 2.0, called.Count(truth => truth) / 2.0), Is.EqualTo((falsePositiveRate, truePositiveRate)));
            Assert.That(double.IsFinite(threshold), "JSON has no infinity");
        }
    }

    [Test]
    public void PrecisionRecall_FewRows_IsAsOnPaper() => Assert.That(
        BinaryCurves.PrecisionRecall(_scores, _truths).Select(point => (point.X, point.Y)), Is.EqualTo(new[] { (0.5, 1.0), (1.0, 2 / 3.0), (1.0, 0.5) }));

    [Test]
    public void AveragePrecision_FewRows_IsAsOnPaper() => Assert.That(BinaryCurves.AveragePrecision(_scores, _truths), Is.EqualTo((0.5 * 1) + (0.5 * 2 / 3)).Within(1e-12));

    [Test]
    public void AreaUnderRoc_FewRows_CountsPairsAndHalfTies() => Assert.That(BinaryCurves.AreaUnderRoc(_scores, _truths), Is.EqualTo(3.5 / 4).Within(1e-12));

    [Test]
    public void AreaUnderRoc_ManyTies_IsTheAreaOfTheCurve()
    {
        var (scores, truths) = Drawn(5_000, levels: 12);
        Assert.That(BinaryCurves.AreaUnderRoc(scores, truths), Is.EqualTo(Area(BinaryCurves.Roc(scores, truths))).Within(1e-9));
    }

    // A score uniform on (0, 1) that is the probability of being positive: the rates are 1 - t^2 and (1 - t)^2, the area is 5/6.
    [Test]
    public void AreaUnderRoc_CalibratedUniformScores_IsFiveSixths()
    {
        var (scores, truths) = Drawn(100_000, levels: int.MaxValue);
        Assert.That(BinaryCurves.AreaUnderRoc(scores, truths), Is.EqualTo(5 / 6.0).Within(0.005));
    }

    // There the F1 is (1 - t^2) / (1 - t + 1/2), greatest where t^2 - 3 t + 1 = 0.
    [Test]
    public void BestF1Threshold_CalibratedUniformScores_IsTheClosedForm()
    {
        var (scores, truths) = Drawn(100_000, levels: int.MaxValue);
        Assert.That(BinaryCurves.BestF1Threshold(scores, truths), Is.EqualTo((3 - Math.Sqrt(5)) / 2).Within(0.02));
    }

    [TestCase(new[] { 0.9f, 0.7f, 0.2f }, new[] { true, true, false }, ExpectedResult = 0.45, Description = "halfway between the classes")]
    [TestCase(new[] { 0.5f, 0.5f, 0.5f }, new[] { true, false, true }, ExpectedResult = 0.5, Description = "one score")]
    [TestCase(new[] { 0.75f, 0.5f, 0.25f }, new[] { false, false, true }, ExpectedResult = 0.25, Description = "all rows are called positive")]
    [TestCase(new[] { 1f, 0.75f, 0.5f, 0.25f }, new[] { true, false, false, true }, ExpectedResult = 0.875, Description = "F1 is 2/3 for the first and for all: the highest")]
    public double BestF1Threshold_FewRows_IsAsOnPaper(float[] scores, bool[] truths) => Math.Round(BinaryCurves.BestF1Threshold(scores, truths), 6);

    [Test]
    public void BestF1Threshold_NoPositiveRow_SaysSo() =>
        Assert.That(() => BinaryCurves.BestF1Threshold([1, 2], [false, false]), Throws.ArgumentException.With.Message.Contains("No row is positive"));

    [Test]
    public void Curves_RowsAllAlike_AreNotDefined([Values] bool truth)
    {
        Assert.That(BinaryCurves.Roc([1, 2], [truth, truth]), Is.Empty);
        Assert.That(BinaryCurves.AreaUnderRoc([1, 2], [truth, truth]), Is.NaN);
        Assert.That(BinaryCurves.AveragePrecision([1, 2], [truth, truth]), truth ? Is.EqualTo(1) : Is.NaN);
    }

    [Test]
    public void Curves_ScoreNotANumber_NamesTheRow()
    {
        Assert.That(() => BinaryCurves.Roc([1, float.NaN], [true, false]), Throws.ArgumentException.With.Message.Contains("row 1"));
        Assert.That(BinaryCurves.AreaUnderRoc([1, float.NaN], [true, false]), Is.NaN);
    }

    [Test]
    public void Detail_ManyRows_HasFewPointsTheSameAreasAndTheThreshold()
    {
        var (scores, truths) = Drawn(20_000, levels: int.MaxValue);
        var threshold = scores.Select(score => (double)score).Order().ElementAt(7_777);
        var detail = BinaryCurves.Detail(scores, truths, threshold, "cat", "no cat");
        Assert.Multiple(() =>
        {
            Assert.That(detail.Roc, Has.Count.EqualTo(200).And.Some.Property("Threshold").EqualTo(threshold));
            Assert.That(detail.PrecisionRecall, Has.Count.EqualTo(200).And.Some.Property("Threshold").EqualTo(threshold));
            Assert.That(Area(detail.Roc), Is.EqualTo(Area(BinaryCurves.Roc(scores, truths))).Within(1e-3));
            Assert.That(Area(detail.PrecisionRecall), Is.EqualTo(Area(BinaryCurves.PrecisionRecall(scores, truths))).Within(1e-3));
            Assert.That((detail.PositiveLabel, detail.NegativeLabel, detail.Threshold), Is.EqualTo(("cat", "no cat", threshold)));
        });
    }

    // Positives and negatives by turns: the curve is a flight of equal steps, and taking out only outer or only inner corners moves the area.
    [TestCase(101)]
    [TestCase(150)]
    [TestCase(5_000)]
    public void Thin_EqualSteps_KeepsTheArea(int steps)
    {
        var scores = Enumerable.Range(0, 2 * steps).Select(row => -(float)row).ToArray();
        var curve = BinaryCurves.Roc(scores, [.. scores.Select((_, row) => row % 2 == 0)]);
        var thin = CurveThinning.Thin(curve, 0);
        Assert.That(thin, Has.Count.EqualTo(200));
        Assert.That(Area(thin), Is.EqualTo(Area(curve)).Within(1e-3));
        Assert.That((thin[0], thin[^1]), Is.EqualTo((curve[0], curve[^1])));
    }

    [TestCase(1.0, ExpectedResult = 0)]
    [TestCase(0.9f, ExpectedResult = 1)]
    [TestCase(0.5, ExpectedResult = 1)]
    [TestCase(-1, ExpectedResult = 3)]
    public int OperatingPoint_Threshold_IsTheLastPointAbove(double threshold) => CurveThinning.OperatingPoint(BinaryCurves.Roc(_scores, _truths), threshold);

    private static (float[] Scores, bool[] Truths) Drawn(int rows, int levels)
    {
        var random = new Random(11);
        var scores = Enumerable.Range(0, rows).Select(_ => levels == int.MaxValue ? random.NextSingle() : random.Next(levels) / (float)levels).ToArray();
        return (scores, Array.ConvertAll(scores, score => random.NextSingle() < score));
    }

    private static double Area(IReadOnlyList<CurvePoint> curve) => curve.Zip(curve.Skip(1), (a, b) => (b.X - a.X) * (a.Y + b.Y) / 2).Sum();
}
