using FeatureTransfer.Adaptation;
using FeatureTransfer.Tests.Conformance;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Adaptation;

/// <summary>Source N(0, 1) and target N(0.75, 1): the ratio of their densities is exp(0.75 x - 0.75² / 2).</summary>
public class ImportanceWeightsTests
{
    private const double Mean = 0.75;

    private static readonly Row[] _rows = Rows();

    [TestCase(ImportanceMethod.DomainClassifier, 0.98)]
    [TestCase(ImportanceMethod.Kliep, 0.9)]
    [TestCase(ImportanceMethod.KernelMeanMatching, 0.7)]
    public void Fit_GaussiansOfKnownRatio_FollowsIt(ImportanceMethod method, double correlation)
    {
        var weights = Weights(method);
        var source = _rows.Index().Where(row => row.Item.Domain == "source").ToList();
        var (found, truth) = (source.ConvertAll(row => (double)weights[row.Index]), source.ConvertAll(row => Math.Exp((Mean * row.Item.Features[0]) - (Mean * Mean / 2))));
        Assert.Multiple(() =>
        {
            Assert.That(MathNet.Numerics.Statistics.Correlation.Pearson(found, truth), Is.GreaterThan(correlation));
            Assert.That(found.Average(), Is.EqualTo(1).Within(0.1));
            Assert.That(source.Sum(row => weights[row.Index] * row.Item.Features[0]) / found.Sum(), Is.EqualTo(Mean).Within(0.15), "the weighted mean of the source is the target's");
        });
    }

    /// <summary>Where target rows repeat source rows, 3 to 1 of two, their shares are the answer: K b = K (1.5, 0.5).</summary>
    [Test]
    public void KernelMeanMatching_TargetOfSourceRows_IsTheirShares() =>
        Assert.That(KernelMeanMatching.Weights([[1, 0.6], [0.6, 1]], [[1, 1, 1, 0.6], [0.6, 0.6, 0.6, 1]], 20, default), Is.EqualTo(new[] { 1.5, 0.5 }).Within(1e-4));

    /// <summary>Kernels of rows apart: each weight is what its row asks for, up to the bound, and their mean is within 1 - 1 / sqrt(2) of 1.</summary>
    [TestCase(2, 2, 20, 1.29289, 1.29289)]
    [TestCase(0.2, 0.2, 20, 0.70711, 0.70711)]
    [TestCase(2, 0.5, 1.1, 1.1, 0.5)]
    [TestCase(2.4, 1.4, 20, 1.79289, 0.79289)]
    [TestCase(-1, 0.6, 20, 0, 1.41421)]
    public void KernelMeanMatching_RowsApart_AreAskedForWithinTheLimits(double first, double second, double bound, double expectedFirst, double expectedSecond) =>
        Assert.That(KernelMeanMatching.Weights([[1, 0], [0, 1]], [[first / 2], [second / 2]], bound, default), Is.EqualTo(new[] { expectedFirst, expectedSecond }).Within(1e-4));

    /// <summary>Kernels that do not overlap: each centre's weight is its share of the target over its mean in the source.</summary>
    [Test]
    public void Kliep_KernelsApart_AreTheRatiosOfShares() =>
        Assert.That(Kliep.Weights([[1, 0], [1, 0], [1, 0], [0, 1]], [[1, 0], [0, 1]], default), Is.EqualTo(new[] { 1.5, 0.5 }).Within(1e-9));

    [Test]
    public void Fit_RowsOfTheTarget_WeighOne([Values] ImportanceMethod method) =>
        Assert.That(Weights(method).Where((_, row) => _rows[row].Domain == "target"), Is.All.EqualTo(1));

    [Test]
    public void Fit_MaximumWeight_Bounds([Values] ImportanceMethod method) =>
        Assert.That(Weights(method, 1.5), Is.All.LessThanOrEqualTo(1.5f));

    private static float[] Weights(ImportanceMethod method, double most = 20)
    {
        var ml = new MLContext(1);
        var view = ml.Data.LoadFromEnumerable(_rows);
        return [.. Answers.Batch(ml.Transforms.ImportanceWeights(new() { Method = method, MaximumWeight = most }).Fit(view).Transform(view), "Weight").Select(row => row[0])];
    }

    private static Row[] Rows()
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, 800).Select(i => new Row { Features = [(float)(TwoDomains.Normal(random) + (i < 400 ? 0 : Mean))], Domain = i < 400 ? "source" : "target" })];
    }

    private sealed class Row
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        public string Domain { get; set; } = "";
    }
}
