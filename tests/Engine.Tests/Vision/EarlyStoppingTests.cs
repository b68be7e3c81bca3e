using Microsoft.ML.Vision;
using EarlyStopping = Microsoft.ML.Vision.ImageClassificationTrainer.EarlyStopping;
using Metric = Microsoft.ML.Vision.ImageClassificationTrainer.EarlyStoppingMetric;

namespace Engine.Tests.Vision;

[TestFixture]
public class EarlyStoppingTests
{
    private const int Never = -1;

    // The epoch whose end stops training.
    [TestCase(Metric.Accuracy, new[] { 0.5f, 0.6f, 0.6f, 0.6f, 0.6f }, 4, TestName = "Accuracy_ThatStays_StopsAfterThePatience")]
    [TestCase(Metric.Accuracy, new[] { 0.5f, 0.505f, 0.509f, 0.508f, 0.9f }, 3, TestName = "Accuracy_GainBelowMinDelta_CountsAsNone")]
    [TestCase(Metric.Accuracy, new[] { 0.5f, 0.4f, 0.4f, 0.6f, 0.5f, 0.5f }, Never, TestName = "Accuracy_GainInTime_BeginsToCountAnew")]
    [TestCase(Metric.Accuracy, new[] { 0f, 0f, 0f, 1f }, 2, TestName = "Accuracy_OfNothing_IsNoGainFromTheStart")]
    [TestCase(Metric.Accuracy, new[] { float.NaN, float.NaN, float.NaN }, 2, TestName = "Accuracy_NotANumber_IsNoGain")]
    [TestCase(Metric.Loss, new[] { 2f, 1f, 1.5f, 1f, 0.995f, 0.5f }, 4, TestName = "Loss_ThatDoesNotFall_StopsAfterThePatience")]
    [TestCase(Metric.Loss, new[] { 2f, 1f, 0.5f, 0.25f, 0.1f }, Never, TestName = "Loss_ThatFalls_GoesOn")]
    public void ShouldStop_OverEpochs(Metric metric, float[] values, int expected)
    {
        var stopping = new EarlyStopping(minDelta: -0.01f, patience: 3, metric);

        Assert.That(StopOf(stopping, metric, values), Is.EqualTo(expected));
    }

    [Test]
    public void Constructor_Metric_SaysWhichWayIsBetter()
    {
        var (accuracy, loss, usual) = (new EarlyStopping(metric: Metric.Accuracy, checkIncreasing: false), new EarlyStopping(metric: Metric.Loss), new EarlyStopping());

        Assert.That((accuracy.CheckIncreasing, loss.CheckIncreasing), Is.EqualTo((true, false)));
        Assert.That((usual.MinDelta, usual.Patience), Is.EqualTo((0.01f, 20)));
    }

    [Test]
    public void Reset_AfterAStop_BeginsAnew()
    {
        var stopping = new EarlyStopping(patience: 3);
        float[] values = [0.9f, 0.9f, 0.9f, 0.9f];
        int first = StopOf(stopping, Metric.Accuracy, values);
        stopping.Reset();

        Assert.That((first, StopOf(stopping, Metric.Accuracy, values)), Is.EqualTo((3, 3)));
    }

    private static int StopOf(EarlyStopping stopping, Metric metric, float[] values) => Array.FindIndex(values, value => stopping.ShouldStop(new ImageClassificationTrainer.TrainMetrics
    {
        Accuracy = metric == Metric.Accuracy ? value : 0.5f,
        CrossEntropy = metric == Metric.Loss ? value : 0.5f,
    }));
}
