using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines.Tests.Running.Tasks;

public class MulticlassRulesTests
{
    // Worked by hand: 3 of 5 right; "c" is a label that the model never saw.
    private static readonly string[] _labels = ["a", "a", "b", "b", "c"];
    private static readonly float[][] _scores = [[0.9f, 0.1f], [0.4f, 0.6f], [0.3f, 0.7f], [0.2f, 0.8f], [0.5625f, 0.4375f]];
    private static readonly EvaluationResult _result = Judge(_scores);

    [Test]
    public void Judge_Accuracies_AreSharesOfRowsAndOfClasses()
    {
        Assert.That(_result.Metrics["microAccuracy"], Is.EqualTo(3 / 5.0).Within(1e-12));
        Assert.That(_result.Metrics["macroAccuracy"], Is.EqualTo((0.5 + 1 + 0) / 3).Within(1e-12));
    }

    [Test]
    public void Judge_ImpossibleLabel_CostsMuchButNotInfinitelyMuch() =>
        Assert.That(_result.Metrics["logLoss"], Is.EqualTo(-(Math.Log(0.9) + Math.Log(0.4) + Math.Log(0.7) + Math.Log(0.8) + Math.Log(1e-15)) / 5).Within(1e-6));

    [Test]
    public void Judge_Counts_AreTrueByPredicted()
    {
        Assert.That(_result.Labels, Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(_result.ConfusionCounts, Is.EqualTo(new[] { new[] { 1.0, 1, 0 }, [0.0, 2, 0], [1.0, 0, 0] }));
    }

    [Test]
    public void MostConfused_Mistakes_ComeByCountThenShare()
    {
        Assert.That(_result.MostConfused(10), Is.EqualTo(new[] { new ConfusedPair("c", "a", 1, 1), new ConfusedPair("a", "b", 1, 0.5) }));
        Assert.That(_result.MostConfused(1), Has.Count.EqualTo(1));
    }

    [Test]
    public void Count_Split_HasRowsOfEachLabelWithTheLargestFirst() => Assert.That(
        new MulticlassRules([]).Count(["b", "a", "b"], ["c", "a"]),
        Is.EqualTo(new[] { new ClassRows("b", 2, 0), new ClassRows("a", 1, 1), new ClassRows("c", 0, 1) }));

    [Test]
    public void Judge_Classes_HavePrecisionAndRecall() => Assert.That(
        _result.PerClass,
        Is.EqualTo(new[] { new ClassResult("a", 0.5, 0.5, 2), new ClassResult("b", 2 / 3.0, 1, 2), new ClassResult("c", 0, 0, 1) }));

    [Test]
    public void Judge_ScoresThatAreNoProbabilities_HaveNoLogLoss()
    {
        var result = Judge([.. _scores.Select(row => row.Select(score => (10 * score) - 5).ToArray())]);
        Assert.That(result.Metrics.Select(metric => (metric.Name, metric.Value)), Is.EqualTo(_result.Metrics.Take(2).Select(metric => (metric.Name, metric.Value))));
    }

    [Test]
    public void Judge_ScoresThatAreNotNumbers_AreMistakes()
    {
        var result = Judge([[float.NaN, float.NaN], .. _scores.Skip(1)]);
        Assert.That(result.Metrics["microAccuracy"], Is.EqualTo(result.Predictions.Count(row => row.Label == row.Predicted) / 5.0).Within(1e-12));
    }

    private static EvaluationResult Judge(float[][] scores) => new MulticlassRules([])
        .Judge(new ScoredRows(["a", "b"], [.. scores.Select(row => new RowScore(row))]), ["1", "2", "3", "4", "5"], _labels);
}
