using FeatureTransfer.Diagnostics;
using FeatureTransfer.Tests.Adaptation;

namespace FeatureTransfer.Tests.Diagnostics;

public class ShiftTests
{
    /// <summary>Rows at 0, 0 and 1, 1: the median of the distances that are not 0 is 1, so within a sample the kernel is 1 and across it is exp(-1/2).</summary>
    [Test]
    public void MaximumMeanDiscrepancy_FourRows_IsTheClosedForm()
    {
        var test = MaximumMeanDiscrepancy.Of(new TwoSamples([[0f], [0f]], [[1f], [1f]]), 99);
        Assert.That(test.Value, Is.EqualTo(2 - (2 * Math.Exp(-0.5))).Within(1e-12));
    }

    [Test]
    public void MaximumMeanDiscrepancy_OneSampleInTwo_IsNoMoreThanChance()
    {
        var values = Enumerable.Range(0, 20).Select(seed => MaximumMeanDiscrepancy.Of(Normals(40, 0, 1, seed + 1), 99, seed).PValue).ToList();
        Assert.That(values.Count(value => value <= 0.05), Is.LessThanOrEqualTo(4), string.Join(' ', values));
        Assert.That(values.Average(), Is.EqualTo(0.5).Within(0.2));
    }

    [Test]
    public void MaximumMeanDiscrepancy_OtherMean_IsCertain() => Assert.That(MaximumMeanDiscrepancy.Of(Normals(60, 1.5, 1, 1), 199).PValue, Is.EqualTo(1 / 200.0));

    /// <summary>Both dimensions are independent: (m1 - m2)² + (s1 - s2)² a dimension.</summary>
    [Test]
    public void FrechetDistance_Normals_IsTheClosedForm() => Assert.That(FrechetDistance.Of(Normals(20000, 1, 3, 1)), Is.EqualTo(2 * (1 + 4)).Within(0.3));

    [Test]
    public void FrechetDistance_OfTheSame_IsNone()
    {
        float[][] rows = [[1, 2], [3, 1], [0, 5]];
        Assert.That(FrechetDistance.Of(new TwoSamples(rows, rows)), Is.Zero.Within(1e-6));
    }

    /// <summary>Variances 2 and 8 in one dimension: (8 - 2)² / 4.</summary>
    [Test]
    public void CovarianceDistance_OneFeature_IsTheClosedForm() =>
        Assert.That(CovarianceDistance.Of(new TwoSamples([[0f], [2f]], [[0f], [4f]])), Is.EqualTo(9).Within(1e-9));

    [Test]
    public void ProxyADistance_GrowsFromNothingToTwo()
    {
        Assert.Multiple(() =>
        {
            Assert.That(ProxyADistance.Of(Normals(200, 0, 1, 1)), Is.LessThan(0.3));
            Assert.That(ProxyADistance.Of(Normals(200, 10, 1, 1)), Is.EqualTo(2));
        });
    }

    [Test]
    public void TwoSamples_OtherLength_SaysWhichRow() =>
        Assert.That(() => new TwoSamples([[1f], [2f]], [[1f], [1f, 2f]]), Throws.ArgumentException.With.Message.Contains("Row 1 has 2 features"));

    private static TwoSamples Normals(int count, double mean, double deviation, int seed)
    {
        var random = new Random(seed);
        return new TwoSamples(Rows(0, 1), Rows(mean, deviation));

        List<float[]> Rows(double middle, double width) =>
            [.. Enumerable.Range(0, count).Select(_ => new[] { (float)(middle + (width * TwoDomains.Normal(random))), (float)(middle + (width * TwoDomains.Normal(random))) })];
    }
}
