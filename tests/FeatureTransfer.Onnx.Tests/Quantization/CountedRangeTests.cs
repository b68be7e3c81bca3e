using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Onnx.Tests.Quantization;

/// <summary>What a histogram counts, to a bin. Values up to 1.5 have bins of 2^20 / 10^9, about 0.001.</summary>
public class CountedRangeTests
{
    private const float Bin = 2.097152f / 2048;

    // 0.01 % of 10,000 values are one.
    [TestCase(1, 245 * Bin, Description = "the bin of 0.25 ends here")]
    [TestCase(2, 1.5f)]
    public void Percentile_OfTenThousand_LeavesOneOut(int large, float expected)
    {
        var values = Values((10000 - large, 0.25f), (large, 1.5f));
        Assert.Multiple(() =>
        {
            Assert.That(Width([values], CalibrationMethod.Percentile), Is.EqualTo(expected).Within(1e-5));
            Assert.That(Width([values[..5000], values[5000..]], CalibrationMethod.Percentile), Is.EqualTo(expected).Within(1e-5), "in two parts");
        });
    }

    [Test]
    public void Percentile_LowerEnd_IsTheBinOfTheFirstValueInside()
    {
        var range = Of([Values((1, -1.5f), (9998, -0.5f), (2, 0.25f))]).Range(CalibrationMethod.Percentile);
        var rest = Of([Values((2, -1.5f), (9998, -0.5f), (10, 0.25f))]).Range(CalibrationMethod.Percentile);
        Assert.Multiple(() =>
        {
            Assert.That(range.Scale * 255, Is.EqualTo((489 * Bin) + 0.25f).Within(1e-5));
            Assert.That(range.ZeroPoint, Is.EqualTo(Math.Round(489 * Bin / ((489 * Bin) + 0.25f) * 255)));
            Assert.That(rest.Scale * 255, Is.EqualTo(1.75f).Within(1e-5));
        });
    }

    [TestCase(0.5f)]
    [TestCase(-0.5f)]
    public void Percentile_OneValue_EndsThereNotWithItsBin(float value) =>
        Assert.That(Width([Values((100, value))], CalibrationMethod.Percentile), Is.EqualTo(0.5f).Within(1e-6));

    [Test]
    public void Percentile_ManyValues_CountsColumnsOfEveryKind()
    {
        float[] values = [.. Enumerable.Range(0, 1 << 16).Select(i => i % 2 == 0 ? 0.25f : 1)];
        Assert.That(Width([values], CalibrationMethod.Percentile), Is.EqualTo(1).Within(1e-5));
    }

    [Test]
    public void Percentile_ManyValues_CountsAsManyAsItTook()
    {
        // Every third of 65,536: 21,846, of which two may be left out.
        var values = Values((1 << 16, 0.25f));
        (values[0], values[3]) = (1.5f, 1.5f);
        Assert.That(Width([values], CalibrationMethod.Percentile), Is.EqualTo(245 * Bin).Within(1e-5));
    }

    [Test]
    public void Add_LargerValuesLater_KeepsNegativeOnesInPlace()
    {
        var range = Of([Values((20000, -0.25f)), [64f]]).Range(CalibrationMethod.Percentile);
        Assert.Multiple(() =>
        {
            Assert.That(range.Scale * 255, Is.EqualTo(0.25f).Within(1e-5));
            Assert.That(range.ZeroPoint, Is.EqualTo(255));
        });
    }

    // As where the outlier comes with the others: see ActivationHistogramTests.
    [TestCase(1, 0)]
    [TestCase(-1, 255)]
    public void Mse_OutlierThatComesLater_IsClippedAsMuch(int sign, int zero)
    {
        float[] values = [.. Enumerable.Range(0, 30000).Select(i => sign * (i % 1000) / 1000f)];
        var range = Of([values, new float[30000], [sign * 2f], new float[30000]]).Range(CalibrationMethod.Mse);
        Assert.Multiple(() =>
        {
            Assert.That(range.Scale * 255, Is.InRange(1.9, 1.95), "and zeros do not count");
            Assert.That(range.ZeroPoint, Is.EqualTo(zero));
        });
    }

    // Rounding costs 6,000,000 (r / 255)^2 / 12, clipping the one (1 - r)^2: least at r = 0.115, which is too narrow.
    [Test]
    public void Mse_ManySmallValues_NarrowsToAFifthAtMost()
    {
        var small = Values((30000, 0.1f));
        Assert.That(Width([[1f], .. Enumerable.Repeat(small, 200)], CalibrationMethod.Mse), Is.EqualTo(0.208f).Within(1e-4));
    }

    // Clipping the one, in the bin about 2.0004, costs least at 2.0004 / (1 + (count / 780,300)): just above and just below 1.928, which is midway between
    // two candidates.
    [TestCase(29087, 1.936f)]
    [TestCase(29505, 1.92f)]
    public void Mse_Outlier_CountsAsTheMiddleOfItsBin(int count, float expected) =>
        Assert.That(Width([Values((count, 0.5f), (1, 2))], CalibrationMethod.Mse), Is.EqualTo(expected).Within(1e-4));

    // Least at 2.0004 / (1 + (2 * 30,000 / 780,300)) = 1.8576 to either side.
    [Test]
    public void Mse_OutliersOfBothSigns_AreClippedAlike()
    {
        var range = Of([Values((15000, 0.5f), (15000, -0.5f), (1, 2), (1, -2))]).Range(CalibrationMethod.Mse);
        Assert.Multiple(() =>
        {
            Assert.That(range.Scale * 255, Is.EqualTo(2 * 1.856f).Within(1e-4));
            Assert.That(range.ZeroPoint, Is.InRange(127, 128));
        });
    }

    [Test]
    public void Add_Nothing_ChangesNothing() => Assert.That(Width([[], [1.5f], []], CalibrationMethod.MinMax), Is.EqualTo(1.5f).Within(1e-6));

    [Test]
    public void Add_ValueAtTheEndOfTheBins_IsCountedInTheLast() => Assert.That(Width([[1e-6f * (1 << 20)]], CalibrationMethod.Percentile), Is.EqualTo(1e-6f * (1 << 20)).Within(1e-6));

    [Test]
    public void Add_ValuesTooFarApart_Throws() => Assert.That(() => new ActivationHistogram().Add([float.MinValue, float.MaxValue]), Throws.TypeOf<NotFiniteNumberException>());

    private static float[] Values(params (int Count, float Value)[] parts) => [.. parts.SelectMany(part => Enumerable.Repeat(part.Value, part.Count))];

    private static float Width(IEnumerable<float[]> parts, CalibrationMethod method) => Of(parts).Range(method).Scale * 255;

    private static ActivationHistogram Of(IEnumerable<float[]> parts)
    {
        var histogram = new ActivationHistogram();
        foreach (var part in parts)
            histogram.Add(part);
        return histogram;
    }
}
