using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines.Tests.Running.Adapting;

public class PairedRowsTests
{
    /// <summary>Of ten coins, two or fewer on one side: 2 (1 + 10 + 45) / 1024.</summary>
    [Test]
    public void PValue_TwoOfTen_IsTheBinomialTail() => Assert.That(new PairedRows(8, 2, 100).PValue, Is.EqualTo(112 / 1024.0).Within(1e-12));

    [TestCase(0, 0)]
    [TestCase(5, 5)]
    public void PValue_AsManyBetterAsWorse_IsOne(int better, int worse) => Assert.That(new PairedRows(better, worse, 100).PValue, Is.EqualTo(1));

    [Test]
    public void Of_Rows_CountsThoseThatDiffer() => Assert.That(PairedRows.Of([true, true, false, false], [true, false, true, true]), Is.EqualTo(new PairedRows(2, 1, 4)));

    /// <summary>(8.5 - 2.5) / 102, and its normal interval.</summary>
    [Test]
    public void Interval_HasTheGainBetweenItsEnds()
    {
        var interval = new PairedRows(8, 2, 100).Interval;
        var gain = 6 / 102.0;
        Assert.That(interval.High - gain, Is.EqualTo(1.959964 * Math.Sqrt(((11 / 102.0) - (gain * gain)) / 102)).Within(1e-9));
        Assert.That(interval.Low, Is.EqualTo((2 * gain) - interval.High).Within(1e-12));
    }

    /// <summary>0.01 x 3, 0.02 x 2, and 0.03 x 1, which may not be below the one before.</summary>
    [Test]
    public void Holm_ThreeValues_AreCorrectedInTheirOrder() => Assert.That(PairedRows.Holm([0.03, 0.01, 0.02]), Is.EqualTo(new[] { 0.04, 0.03, 0.04 }).Within(1e-12));
}
