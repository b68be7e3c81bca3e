using FeatureTransfer.Heads;

namespace FeatureTransfer.Tests.Heads;

/// <summary>Rows of classes that nothing was trained on.</summary>
public class UnknownTests
{
    // scipy.special.logsumexp.
    [TestCase(1, -3.40761)]
    [TestCase(2, -4.36054)]
    public void Energy_OfLogits_IsThatOfSciPy(double temperature, double expected) =>
        Assert.That(EnergyScore.Of([1, 2, 3], temperature), Is.EqualTo(expected).Within(1e-5));

    [Test]
    public void Energy_OfLargeLogits_DoesNotOverflow() => Assert.That(EnergyScore.Of([1000, 999]), Is.EqualTo(-1000 - Math.Log(1 + Math.Exp(-1))).Within(1e-9));

    // NumPy: the means, S = D'D/n about them, S = 0.9 S + 0.1 trace(S)/4 I, min over means of (x - m)' inv(S) (x - m).
    [Test]
    public void Mahalanobis_OfTestRows_IsThatOfNumPy()
    {
        var detector = MahalanobisDetector.Fit(HeadData.Vectors(HeadData.Train), HeadData.Train.Labels);
        Assert.That(HeadData.Vectors(HeadData.Test).Take(5).Select(detector.DistanceOf), Is.EqualTo(new[] { 3.12068, 0.52641, 2.50846, 1.22945, 3.25619 }).Within(1e-4));
    }

    [Test]
    public void Mahalanobis_FewerRowsThanFeatures_StillTellsFar()
    {
        var detector = MahalanobisDetector.Fit([[1, 0, 0, 0], [1.1f, 0, 0, 0], [0, 1, 0, 0], [0, 1.2f, 0, 0]], [0, 0, 1, 1]);
        Assert.That(detector.DistanceOf([1, 0, 0, 0]), Is.LessThan(detector.DistanceOf([0, 0, 0, 5]) / 100));
    }

    [Test]
    public void Mahalanobis_BadInput_IsRefused()
    {
        Assert.That(() => MahalanobisDetector.Fit([], []), Throws.ArgumentException);
        Assert.That(() => MahalanobisDetector.Fit([[1], [1]], [0, 1]), Throws.ArgumentException.With.Message.Contains("alike"));
        Assert.That(() => MahalanobisDetector.Fit([[1], [2]], [0, 0], shrinkage: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => MahalanobisDetector.Fit([[1], [2]], [0, 0]).DistanceOf([1, 2]), Throws.ArgumentException.With.Message.Contains("2 features. Expected 1"));
    }

    // Held-out rows of known classes choose the threshold; other known rows are then refused about as often as asked, and rows from elsewhere nearly always.
    [Test]
    public void Threshold_AtAFalseAlarmRate_IsKeptOnNewRows()
    {
        var detector = MahalanobisDetector.Fit(HeadData.Vectors(HeadData.Train), HeadData.Train.Labels);
        var threshold = FiniteSampleQuantile.At(HeadData.Vectors(HeadData.Rows(600, 7)).Select(detector.DistanceOf), 0.95);
        Assert.That(Share(HeadData.Vectors(HeadData.Rows(6000, 8))), Is.EqualTo(0.05).Within(0.02));
        Assert.That(Share(HeadData.Vectors(HeadData.Rows(600, 9)).Select(row => Array.ConvertAll(row, value => value + 4))), Is.GreaterThan(0.99));

        double Share(IEnumerable<float[]> rows) => rows.Average(row => detector.DistanceOf(row) > threshold ? 1.0 : 0);
    }

    [TestCase(0.9, 9)]
    [TestCase(0.5, 5)]
    [TestCase(0.901, double.PositiveInfinity)]
    public void Quantile_OfNineValues_CountsOneMore(double level, double expected) =>
        Assert.That(FiniteSampleQuantile.At(Enumerable.Range(1, 9).Select(value => (double)value), level), Is.EqualTo(expected));
}
