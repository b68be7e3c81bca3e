using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines.Tests.Running;

public class ClassificationMetricsTests
{
    // Worked by hand: 3 of 5 right; "c" is a label that the model never saw.
    private static readonly PredictionRow[] _rows =
    [
        new("1", "a", "a", 0.9), new("2", "a", "b", 0.6), new("3", "b", "b", 0.7), new("4", "b", "b", 0.8), new("5", "c", "a", 0.5),
    ];

    private static readonly EvaluationResult _result = ClassificationMetrics.Evaluate(["a", "b"], _rows, [0.9, 0.4, 0.7, 0.8, 0]);

    [Test]
    public void Evaluate_Accuracies_AreSharesOfRowsAndOfClasses()
    {
        Assert.That(_result.MicroAccuracy, Is.EqualTo(3 / 5.0));
        Assert.That(_result.MacroAccuracy, Is.EqualTo((0.5 + 1 + 0) / 3).Within(1e-12));
    }

    [Test]
    public void Evaluate_ImpossibleLabel_CostsMuchButNotInfinitelyMuch() =>
        Assert.That(_result.LogLoss, Is.EqualTo(-(Math.Log(0.9) + Math.Log(0.4) + Math.Log(0.7) + Math.Log(0.8) + Math.Log(1e-15)) / 5).Within(1e-9));

    [Test]
    public void Evaluate_Counts_AreTrueByPredicted()
    {
        Assert.That(_result.Labels, Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(_result.ConfusionCounts, Is.EqualTo(new[] { new[] { 1.0, 1, 0 }, [0.0, 2, 0], [1.0, 0, 0] }));
    }

    [Test]
    public void Evaluate_Classes_HavePrecisionAndRecall() => Assert.That(
        _result.PerClass,
        Is.EqualTo(new[] { new ClassResult("a", 0.5, 0.5, 2), new ClassResult("b", 2 / 3.0, 1, 2), new ClassResult("c", 0, 0, 1) }));

    [Test]
    public void Summarize_Folds_GivesMeanAndSampleDeviation()
    {
        var summary = ClassificationMetrics.Summarize([new FoldResult(0, 0, 8, 2, 0.5, 0.4, 1), new FoldResult(0, 1, 8, 2, 0.9, 0.4, 3)]);
        Assert.That(summary.Mean, Is.EqualTo(new MetricValues(0.7, 0.4, 2)));
        Assert.That(summary.Std.MicroAccuracy, Is.EqualTo(Math.Sqrt(0.08)).Within(1e-12));
        Assert.That((summary.Std.MacroAccuracy, summary.Std.LogLoss), Is.EqualTo((0.0, Math.Sqrt(2))));
    }

    [Test]
    public void Summarize_OneFold_HasNoDeviation() =>
        Assert.That(ClassificationMetrics.Summarize([new FoldResult(0, 0, 8, 2, 0.5, 0.4, 1)]).Std, Is.EqualTo(new MetricValues(0, 0, 0)));
}
