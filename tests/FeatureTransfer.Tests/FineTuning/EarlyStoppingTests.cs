using FeatureTransfer.FineTuning;

namespace FeatureTransfer.Tests.FineTuning;

public class EarlyStoppingTests
{
    [Test]
    public void Observe_NothingBetter_EndsAfterThePatience()
    {
        var stopping = new EarlyStopping(new() { Patience = 2 }, higherIsBetter: true);
        double[] metrics = [0.5, 0.7, 0.6, 0.7];
        var over = metrics.Select((metric, epoch) => (stopping.Observe(epoch, metric, 1), stopping.IsOver).IsOver).ToList();
        Assert.That(over, Is.EqualTo(new[] { false, false, false, true }));
        Assert.That((stopping.BestEpoch, stopping.BestMetric), Is.EqualTo((1, 0.7)));
    }

    [Test]
    public void Observe_LittleBetter_CountsAsBestButNotForPatience()
    {
        var stopping = new EarlyStopping(new() { Patience = 2, MinDelta = 0.1 }, higherIsBetter: false);
        Assert.That(new[] { 1.0, 0.95, 0.92 }.Select((metric, epoch) => stopping.Observe(epoch, metric, metric)), Is.All.True);
        Assert.That((stopping.BestEpoch, stopping.IsOver), Is.EqualTo((2, true)));
    }

    [Test]
    public void Observe_SameMetric_TakesTheLowerLoss()
    {
        var stopping = new EarlyStopping(new(), higherIsBetter: true);
        Assert.That(new[] { 0.5, 0.4, 0.6 }.Select((loss, epoch) => stopping.Observe(epoch, 1, loss)), Is.EqualTo(new[] { true, true, false }));
        Assert.That(stopping.BestEpoch, Is.EqualTo(1));
    }

    [Test]
    public void Observe_NotANumber_IsNeverBest()
    {
        var stopping = new EarlyStopping(new() { Patience = 1 }, higherIsBetter: false);
        Assert.That(stopping.Observe(0, double.NaN, double.NaN), Is.False);
        Assert.That(stopping.IsOver);
    }

    [Test]
    public void Observe_WithoutPatience_IsNeverOver()
    {
        var stopping = new EarlyStopping(new() { Patience = 0 }, higherIsBetter: true);
        for (var epoch = 0; epoch < 5; epoch++)
        {
            Assert.That(stopping.IsOver, Is.False);
            stopping.Observe(epoch, 0.5, 1);
        }

        Assert.That((stopping.IsOver, stopping.Waited), Is.EqualTo((false, 4)));
    }

    [TestCase(true, new[] { 0.5, 0.65, 0.75, 0.85 }, new[] { 0, 1, 0, 1 })]
    [TestCase(false, new[] { 0.5, 0.35, 0.25, 0.15 }, new[] { 0, 1, 0, 1 })]
    [TestCase(true, new[] { 0.5, 0.4, 0.75, 0.75 }, new[] { 0, 1, 0, 1 })]
    [TestCase(false, new[] { 0.5, 0.6, 0.25, 0.25 }, new[] { 0, 1, 0, 1 })]
    public void Observe_Metric_MustBeBetterByTheDelta(bool higherIsBetter, double[] metrics, int[] waited)
    {
        var stopping = new EarlyStopping(new() { Patience = 9, MinDelta = 0.2 }, higherIsBetter);
        Assert.That(metrics.Select((metric, epoch) => (stopping.Observe(epoch, metric, 1), stopping.Waited).Waited), Is.EqualTo(waited));
    }

    [Test]
    public void Observe_SameMetricAndLoss_KeepsTheEarlierEpoch([Values] bool higherIsBetter)
    {
        var stopping = new EarlyStopping(new(), higherIsBetter);
        Assert.That(new[] { 0.4, 0.4, 0.3, 0.5 }.Select((loss, epoch) => stopping.Observe(epoch, 0.8, loss)), Is.EqualTo(new[] { true, false, true, false }));
        Assert.That((stopping.BestEpoch, stopping.BestMetric, stopping.BestLoss), Is.EqualTo((2, 0.8, 0.3)));
        Assert.That(stopping.Observe(4, higherIsBetter ? 0.7 : 0.9, 0.1), Is.False, "a lower loss does not make up for a worse metric");
    }

    [Test]
    public void Observe_Nothing_KnowsNoBest([Values] bool higherIsBetter)
    {
        var stopping = new EarlyStopping(new(), higherIsBetter);
        Assert.That((stopping.BestEpoch, stopping.BestLoss, stopping.BestMetric), Is.EqualTo((-1, double.PositiveInfinity, higherIsBetter ? double.NegativeInfinity : double.PositiveInfinity)));
    }
}
