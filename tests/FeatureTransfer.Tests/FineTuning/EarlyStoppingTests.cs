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
}
