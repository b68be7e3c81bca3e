using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Pipelines.Tests.Results;

public class IntervalTests
{
    // Wilson's interval as scipy.stats.binomtest(k, n).proportion_ci(method="wilson") gives it.
    [TestCase(0.5, 100, 0.403831, 0.596169)]
    [TestCase(0.0, 10, 0.0, 0.277533)]
    [TestCase(1.0, 40, 0.912376, 1.0)]
    public void OfShare_IsWilsons(double share, int rows, double low, double high)
    {
        var interval = Interval.OfShare(share, rows);
        Assert.That(interval.Low, Is.EqualTo(low).Within(1e-5));
        Assert.That(interval.High, Is.EqualTo(high).Within(1e-5));
    }

    [TestCase(2, 12.706)]
    [TestCase(5, 2.776)]
    [TestCase(25, 2.064)]
    [TestCase(41, 2.021)]
    public void OfFolds_WidensTheVarianceByTestToTrainingRows(int folds, double student)
    {
        var interval = Interval.OfFolds(0.7, 0.05, [.. Enumerable.Range(0, folds).Select(fold => new FoldResult(0, fold, 80, 20, MetricSet.Create([])))])!.Value;
        var half = student * 0.05 * Math.Sqrt((1.0 / folds) + 0.25);
        Assert.That(interval.High - 0.7, Is.EqualTo(half).Within(2e-4));
        Assert.That(0.7 - interval.Low, Is.EqualTo(half).Within(2e-4));
    }

    [Test]
    public void OfFolds_OneFold_IsNone() => Assert.That(Interval.OfFolds(0.7, 0, [new FoldResult(0, 0, 80, 20, MetricSet.Create([]))]), Is.Null);
}
