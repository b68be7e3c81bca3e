using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines.Tests.Running.Tasks;

public class BinaryRulesTests
{
    private static readonly string[] _labels = ["yes", "yes", "yes", "no", "no"];
    private static readonly float[] _probabilities = [0.9f, 0.7f, 0.3f, 0.6f, 0.1f];

    // Worked by hand, at 0.5: 2 true positives, 1 false negative, 1 false positive, 1 true negative.
    private static readonly EvaluationResult _result = Judge(0.5);

    [Test]
    public void Judge_Counts_GiveAccuracyPrecisionAndRecall()
    {
        Assert.That(_result.ConfusionCounts, Is.EqualTo(new[] { new[] { 1.0, 1 }, [1.0, 2] }));
        Assert.That(_result.Metrics["accuracy"], Is.EqualTo(3 / 5.0).Within(1e-9));
        Assert.That(_result.Metrics["positivePrecision"], Is.EqualTo(2 / 3.0).Within(1e-9));
        Assert.That(_result.Metrics["positiveRecall"], Is.EqualTo(2 / 3.0).Within(1e-9));
        Assert.That(_result.Metrics["f1Score"], Is.EqualTo(2 / 3.0).Within(1e-9));
        Assert.That(_result.Metrics["negativeRecall"], Is.EqualTo(1 / 2.0).Within(1e-9));
    }

    [Test]
    public void Judge_AreaUnderRoc_IsTheShareOfPairsInOrder() => Assert.That(_result.Metrics["areaUnderRocCurve"], Is.EqualTo(5 / 6.0).Within(1e-6));

    [Test]
    public void Judge_LogLoss_IsInBits() => Assert.That(
        _result.Metrics["logLoss"],
        Is.EqualTo(-(Math.Log2(0.9) + Math.Log2(0.7) + Math.Log2(0.3) + Math.Log2(0.4) + Math.Log2(0.9)) / 5).Within(1e-5));

    [Test]
    public void Judge_OtherThreshold_MovesTheAnswersAlone()
    {
        var result = Judge(0.2);
        Assert.That(result.ConfusionCounts, Is.EqualTo(new[] { new[] { 1.0, 1 }, [0.0, 3] }));
        Assert.That(result.Metrics["accuracy"], Is.EqualTo(4 / 5.0).Within(1e-9));
        Assert.That(result.Metrics["areaUnderRocCurve"], Is.EqualTo(_result.Metrics["areaUnderRocCurve"]));
    }

    [Test]
    public void Judge_RowsOfOneLabel_HaveAnAccuracyAlone()
    {
        var result = Rules(0.5).Judge(new ScoredRows([], [new([1], 0.9f), new([1], 0.2f)]), ["1", "2"], ["yes", "yes"]);
        Assert.That(result.Metrics, Is.EqualTo(new MetricValue[] { new("accuracy", 0.5, true) }));
    }

    [Test]
    public void Choose_Predictions_TakesTheBestF1() =>
        Assert.That(Rules(null).Choose(Scores(), _labels).Threshold, Is.EqualTo(0.2).Within(1e-6), "all three are found for one mistake: F1 6/7");

    [TestCase("TRUE", true)]
    [TestCase("1", true)]
    [TestCase("Yes", true)]
    [TestCase("false", false)]
    [TestCase("0", false)]
    [TestCase("NO", false)]
    [TestCase("cat", null)]
    public void Read_Words_AreYesOrNo(string label, bool? expected) => Assert.That(new BinaryLabels(PositiveLabel: null).Read(label), Is.EqualTo(expected));

    [Test]
    public void Named_SeveralNegatives_AreOne() =>
        Assert.That(new BinaryLabels("dog").Named(["cat", "dog", "cow"]).Negative, Is.EqualTo("not dog"));

    [Test]
    public void Answer_Label_FollowsTheThreshold()
    {
        var (low, high) = (Rules(0.25).Answer("a", new RowScore([-0.8f], 0.3f)), Rules(0.4).Answer("a", new RowScore([-0.8f], 0.3f)));
        Assert.That((low.Label, high.Label), Is.EqualTo(("yes", "no")));
        Assert.That((low.Score, low.Probability), Is.EqualTo(((float?)-0.8f, (float?)0.3f)));
        Assert.That((low.Confidence, high.Confidence), Is.EqualTo(((double?)0.3f, (double?)0.7f)));
        Assert.That(high.Scores, Is.EqualTo(new[] { 0.7f, 0.3f }).Within(1e-6));
    }

    private static BinaryRules Rules(double? threshold) => new(new BinaryLabels(PositiveLabel: null).Named(_labels), threshold);

    private static RowScore[] Scores() => [.. _probabilities.Select(probability => new RowScore([MathF.Log(probability / (1 - probability))], probability))];

    private static EvaluationResult Judge(double threshold) => Rules(threshold).Judge(new ScoredRows([], Scores()), ["1", "2", "3", "4", "5"], _labels);
}
