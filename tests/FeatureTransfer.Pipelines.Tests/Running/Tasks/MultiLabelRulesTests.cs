using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines.Tests.Running.Tasks;

public class MultiLabelRulesTests
{
    private static readonly string[] _labels = ["a|b", "a", ""];
    private static readonly RowScore[] _scores = [new([0.9f, 0.3f]), new([0.4f, 0.1f]), new([0.2f, 0.1f])];

    /// <summary>All three that are there lie above 0.25, all else below.</summary>
    [Test]
    public void Choose_Scores_TakesTheBestF1OverAllLabels() => Assert.That(Learned(null).Choose(_scores, _labels).Threshold, Is.EqualTo(0.25).Within(1e-6));

    [Test]
    public void Choose_ThresholdThatThePipelineGives_Stays() => Assert.That(Learned(0.5).Choose(_scores, _labels).Threshold, Is.EqualTo(0.5));

    [Test]
    public void Choose_NothingJudged_IsAnEvenChance() => Assert.That(Learned(null).Choose([], []).Threshold, Is.EqualTo(0.5));

    [Test]
    public void Answer_ScoresFromTheThresholdOn_AreTheLabels()
    {
        var answer = Learned(0.25).Answer("x", _scores[0]);
        Assert.That(answer.Label, Is.EqualTo("a|b"));
        Assert.That(answer.Confidence, Is.EqualTo((0.9 + 0.3) / 2).Within(1e-6), "of what was said of each");
    }

    [Test]
    public void Judge_Threshold_IsTold() =>
        Assert.That(Learned(0.25).Judge(new ScoredRows(["a", "b"], _scores), ["1", "2", "3"], _labels).MultiLabel!.Threshold, Is.EqualTo(0.25));

    [Test]
    public void Count_RowsOfSeveralLabels_CountForEach() => Assert.That(
        Learned(null).Count(_labels, ["b"]),
        Is.EqualTo(new[] { new ClassRows("a", 2, 0), new ClassRows("b", 1, 1) }));

    private static TaskRules Learned(double? threshold) => new MultiLabelRules("|", [], threshold).Learn("p", _labels);
}
