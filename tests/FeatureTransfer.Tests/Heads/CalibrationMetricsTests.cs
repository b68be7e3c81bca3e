using FeatureTransfer.Heads;

namespace FeatureTransfer.Tests.Heads;

public class CalibrationMetricsTests
{
    // LogisticRegression(C=10, tol=1e-8, max_iter=10000).fit(X, y).predict_proba(T), its ECE over 15 bins by NumPy, log_loss and the mean of ((p - one_hot)²).sum(1).
    [Test]
    public void Of_ProbabilitiesOfAProbe_AreTheFiguresOfNumPy()
    {
        var learned = HeadData.Learn(new LinearProbeOptions { L2Regularizations = [0.1], Tolerance = 1e-7 });
        var probabilities = HeadData.Vectors(HeadData.Test).Select(row => new TemperatureScaling(1, true).Apply(learned.Logits(row))).ToList();
        var metrics = CalibrationMetrics.Of(probabilities, HeadData.Test.Labels);
        Assert.Multiple(() =>
        {
            Assert.That(metrics.ExpectedCalibrationError, Is.EqualTo(0.05954).Within(2e-4));
            Assert.That(metrics.EqualMassCalibrationError, Is.EqualTo(0.06763).Within(2e-4));
            Assert.That(metrics.BrierScore, Is.EqualTo(0.25361).Within(2e-4));
            Assert.That(metrics.LogLoss, Is.EqualTo(0.42628).Within(2e-4));
            Assert.That(metrics.Accuracy, Is.EqualTo(0.81667).Within(1e-5));
        });
    }

    [Test]
    public void Of_AnswersThatAreRightAsOftenAsTheySay_HaveNoError()
    {
        List<float[]> probabilities = [.. Enumerable.Repeat<float[]>([0.75f, 0.25f], 4)];
        Assert.That(CalibrationMetrics.Of(probabilities, [0, 0, 0, 1]).ExpectedCalibrationError, Is.Zero.Within(1e-7));
        Assert.That(CalibrationMetrics.Of(probabilities, [1, 1, 1, 1]).ExpectedCalibrationError, Is.EqualTo(0.75).Within(1e-7));
    }

    [Test]
    public void Of_LabelsThatDoNotFit_AreRefused()
    {
        Assert.That(() => CalibrationMetrics.Of([[0.5f, 0.5f]], []), Throws.ArgumentException.With.Message.Contains("1 rows of scores and 0 labels"));
        Assert.That(() => CalibrationMetrics.Of([[0.5f, 0.5f]], [2]), Throws.ArgumentException.With.Message.Contains("Row 0 has 2 scores and the label 2"));
        Assert.That(() => CalibrationMetrics.Of([[0.5f, 0.5f]], [1], bins: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
