using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Onnx.Tests.Quantization;

public class ActivationHistogramTests
{
    [Test]
    public void Range_MinMax_HoldsTheLeastTheLargestAndZero()
    {
        var range = Of([0.5f, 2.55f]).Range(CalibrationMethod.MinMax);
        Assert.Multiple(() =>
        {
            Assert.That(range.Scale, Is.EqualTo(0.01f).Within(1e-7));
            Assert.That(range.ZeroPoint, Is.Zero);
        });
    }

    [Test]
    public void Range_BothSigns_HasTheZeroPointBetween()
    {
        var range = Of([-1, 1.55f]).Range(CalibrationMethod.MinMax);
        Assert.Multiple(() =>
        {
            Assert.That(range.Scale, Is.EqualTo(0.01f).Within(1e-7));
            Assert.That(range.ZeroPoint, Is.EqualTo(100));
        });
    }

    // 0.01 % of 20,000 values are 2: the outliers lie in the tail, the values 0 to 1 do not.
    [Test]
    public void Range_Percentile_LeavesTheTailOut()
    {
        var values = Enumerable.Range(0, 20000).Select(i => i / 20000f).ToArray();
        values[7] = 100;
        var range = Of(values).Range(CalibrationMethod.Percentile);
        Assert.That(range.Scale * 255, Is.EqualTo(1).Within(0.1));
    }

    // Rounding costs 30,000 (r / 255)^2 / 12, clipping the one (2 - r)^2: least at r = 1.926.
    [Test]
    public void Range_Mse_ClipsAnOutlierWhereThatCostsLessThanRounding()
    {
        var values = Enumerable.Range(0, 30000).Select(i => i % 1000 / 1000f).ToArray();
        values[7] = 2;
        Assert.Multiple(() =>
        {
            Assert.That(Of(values).Range(CalibrationMethod.Mse).Scale * 255, Is.InRange(1.9, 1.95));
            Assert.That(Of([.. values.Take(6)]).Range(CalibrationMethod.Mse).Scale * 255, Is.EqualTo(0.005).Within(0.0005));
        });
    }

    [Test]
    public void Add_LargerValuesLater_CountsWhatCameBefore()
    {
        var histogram = Of([.. Enumerable.Repeat(0.25f, 20000)]);
        histogram.Add([64f]);
        Assert.That(histogram.Range(CalibrationMethod.Percentile).Scale * 255, Is.EqualTo(0.25).Within(0.05));
    }

    [TestCase(float.NaN)]
    [TestCase(float.NegativeInfinity)]
    public void Add_ValueThatIsNotFinite_Throws(float value) => Assert.That(() => new ActivationHistogram().Add([1, value]), Throws.TypeOf<NotFiniteNumberException>());

    private static ActivationHistogram Of(float[] values)
    {
        var histogram = new ActivationHistogram();
        histogram.Add(values);
        return histogram;
    }
}
