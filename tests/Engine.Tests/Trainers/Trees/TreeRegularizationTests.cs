using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace Engine.Tests.Trainers.Trees;

/// <summary>Options that choose among splits.</summary>
[TestFixture]
public class TreeRegularizationTests
{
    private static readonly MLContext _ml = new(1);

    [Test]
    public void Fit_GainConfidenceLevel_TakesSplitsAboveTheQuantileOnly()
    {
        // Labels 0, 1, 0, 2, 3, 2: the split in the middle gains 6; the variance is 22/15, so that the ratio is 45/11 = 4.09,
        // and its root, 2.0226, is the 0.9569 quantile of the absolute value of a normal number.
        float[] labels = [0, 1, 0, 2, 3, 2];
        var data = _ml.Data.LoadFromEnumerable(labels.Select((y, i) => new TreeRow { Features = [i, 0, 0], Label = y }));

        Assert.That(Grow(0.956), Is.EqualTo(2));
        Assert.That(Grow(0.958), Is.EqualTo(1));

        int Grow(double level) => Fit(data, new() { GainConfidenceLevel = level, NumberOfTrees = 1, NumberOfLeaves = 2, MinimumExampleCountPerLeaf = 1 })
            .Trees[0].NumberOfLeaves;
    }

    [Test]
    public void Fit_FeatureFirstUsePenalty_UsesFewerFeatures()
    {
        var data = ThreeFeatures();
        var counts = new[] { 0.0, 2, 1e9 }.Select(penalty => Fit(data, new() { FeatureFirstUsePenalty = penalty, NumberOfTrees = 10, NumberOfLeaves = 8 })
            .Trees.SelectMany(t => t.NumericalSplitFeatureIndexes).Distinct().Count()).ToArray();

        Assert.That(counts[0], Is.EqualTo(3));
        Assert.That(counts[1], Is.LessThan(3).And.GreaterThan(0));
        Assert.That(counts[2], Is.Zero);
    }

    [Test]
    public void Fit_FeatureReusePenalty_UsesEachFeatureOnce()
    {
        var splits = Fit(ThreeFeatures(), new() { FeatureReusePenalty = 1e9, NumberOfTrees = 3 }).Trees.SelectMany(t => t.NumericalSplitFeatureIndexes);

        Assert.That(splits.ToArray(), Is.Not.Empty.And.Unique);
    }

    [Test]
    public void Fit_Penalty_LeavesTheGainsAsTheyAre()
    {
        var data = ThreeFeatures();
        var free = Fit(data, new() { NumberOfTrees = 1, NumberOfLeaves = 2 }).Trees[0];
        var penalized = Fit(data, new() { FeatureFirstUsePenalty = 1, NumberOfTrees = 1, NumberOfLeaves = 2 }).Trees[0];

        Assert.That(penalized.SplitGains, Is.EqualTo(free.SplitGains));
    }

    [TestCase(1e-6, 200, 200)]
    [TestCase(1e9, 30, 110)]
    public void Fit_SoftmaxTemperature_SpreadsTheFeatures(double temperature, int least, int most)
    {
        // At no heat always the first feature; at great heat each of the three in about 67 of 200 trees.
        var trees = Fit(ThreeFeatures(), new() { SoftmaxTemperature = temperature, NumberOfTrees = 200, NumberOfLeaves = 2, LearningRate = 1e-9 }).Trees;

        Assert.That(trees.Count(t => t.NumericalSplitFeatureIndexes[0] == 0), Is.InRange(least, most));
    }

    // The first feature decides most, the last least.
    private static IDataView ThreeFeatures()
    {
        var rows = TreeRow.Make(400);
        foreach (var row in rows)
            row.Label = (4 * MathF.Round(row.Features[0])) + MathF.Round(row.Features[1]) + (0.1f * MathF.Round(row.Features[2]));
        return _ml.Data.LoadFromEnumerable(rows);
    }

    private static RegressionTreeEnsemble Fit(IDataView data, FastTreeRegressionTrainer.Options options) =>
        _ml.Regression.Trainers.FastTree(options).Fit(data).Model.TrainedTreeEnsemble;
}
