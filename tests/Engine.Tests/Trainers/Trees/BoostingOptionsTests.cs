using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Engine.Tests.Trainers.Trees;

/// <summary>Options of how trees add up.</summary>
[TestFixture]
public class BoostingOptionsTests
{
    private static readonly MLContext _ml = new(1);

    [Test]
    public void Fit_EveryTreeDropped_GivesAForestOfEqualTrees()
    {
        var data = _ml.Data.LoadFromEnumerable(TreeRow.Make(300));
        var ensemble = Fit(data, new() { DropoutRate = 1, NumberOfTrees = 8 });

        Assert.That(ensemble.TreeWeights, Has.All.EqualTo(1.0 / 8).Within(1e-12));
        Assert.That(ensemble.Trees[7].LeafValues, Is.EqualTo(ensemble.Trees[0].LeafValues).Within(1e-9));
    }

    [Test]
    public void Fit_DropoutOfTheOnlyTree_HalvesBoth()
    {
        // Whatever the rate, one tree is dropped at least: of two trees the first, and both weigh a half.
        var data = _ml.Data.LoadFromEnumerable(TreeRow.Make(300));

        Assert.That(Fit(data, new() { DropoutRate = 1e-9, NumberOfTrees = 2 }).TreeWeights, Is.EqualTo(new[] { 0.5, 0.5 }));
    }

    [Test]
    public void Fit_DropoutWithPruning_ScoresAsMeasured()
    {
        var (train, held) = Noisy();
        var options = new FastTreeRegressionTrainer.Options { DropoutRate = 0.3, EnablePruning = true, NumberOfTrees = 60, MinimumExampleCountPerLeaf = 1 };
        var pruned = _ml.Regression.Trainers.FastTree(options).Fit(train, held);
        int count = pruned.Model.TrainedTreeEnsemble.Trees.Count;
        options.EnablePruning = false;
        options.NumberOfTrees = count;

        Assert.That(pruned.Model.TrainedTreeEnsemble.TreeWeights, Is.EqualTo(Fit(train, options).TreeWeights).Within(1e-12));
        Assert.That(count, Is.LessThan(60));
    }

    [Test]
    public void Fit_Pruning_KeepsTheNumberOfTreesThatErrsLeast()
    {
        var (train, held) = Noisy();
        var options = new FastTreeRegressionTrainer.Options { EnablePruning = true, NumberOfTrees = 40, MinimumExampleCountPerLeaf = 1 };
        var pruned = _ml.Regression.Trainers.FastTree(options).Fit(train, held);
        options.EnablePruning = false;
        var errors = Enumerable.Range(1, 40).Select(count =>
        {
            options.NumberOfTrees = count;
            return _ml.Regression.Evaluate(_ml.Regression.Trainers.FastTree(options).Fit(train).Transform(held)).MeanAbsoluteError;
        }).ToArray();

        Assert.That(pruned.Model.TrainedTreeEnsemble.Trees, Has.Count.EqualTo(1 + Array.IndexOf(errors, errors.Min())).And.Count.LessThan(40));
    }

    [Test]
    public void BestCount_Tolerance_TakesTheFirstWithinTheThreshold()
    {
        float[] errors = [5, 3, 2, 1, 3];
        var options = new FastTreeRegressionTrainer.Options { PruningWindowSize = 2, PruningThreshold = 1 };

        Assert.That(EnsemblePruning.BestCount(errors, options), Is.EqualTo(4));

        // The means over two are 5, 4, 2.5, 1.5 and 2.
        options.UseTolerantPruning = true;
        Assert.That(EnsemblePruning.BestCount(errors, options), Is.EqualTo(3));
    }

    [Test]
    public void Fit_PruningWithoutValidation_SaysWhatIsMissing()
    {
        var data = _ml.Data.LoadFromEnumerable(TreeRow.Make(50));

        Assert.That(() => Fit(data, new() { EnablePruning = true }), Throws.InvalidOperationException.With.Message.Contains("EnablePruning"));
    }

    [Test]
    public void Fit_UnbalancedSets_WeighsTheClassesAlike()
    {
        var rows = TreeRow.Make(400);
        for (int i = 0; i < rows.Length; i++)
            rows[i].IsHigh = rows[i].Features[0] + rows[i].Features[1] > 1.6f;
        int high = rows.Count(r => r.IsHigh);
        foreach (var row in rows)
            row.Weight = 400f / (2 * (row.IsHigh ? high : 400 - high));
        var data = _ml.Data.LoadFromEnumerable(rows);

        var balanced = Scores(new() { UnbalancedSets = true });

        Assert.That(balanced, Is.EqualTo(Scores(new() { ExampleWeightColumnName = "Weight" })).Within(1e-4f));
        Assert.That(balanced.Average(), Is.GreaterThan(Scores(new()).Average()));

        float[] Scores(FastTreeBinaryTrainer.Options options)
        {
            (options.LabelColumnName, options.NumberOfTrees) = ("IsHigh", 10);
            return [.. _ml.BinaryClassification.Trainers.FastTree(options).Fit(data).Transform(data).GetColumn<float>("Score")];
        }
    }

    private static (IDataView Train, IDataView Held) Noisy()
    {
        var rows = TreeRow.Make(400);
        var random = new Random(3);
        foreach (var row in rows)
            row.Label += (float)(random.NextDouble() * 8) - 4;
        return (_ml.Data.LoadFromEnumerable(rows.Take(200)), _ml.Data.LoadFromEnumerable(rows.Skip(200)));
    }

    private static RegressionTreeEnsemble Fit(IDataView data, FastTreeRegressionTrainer.Options options) =>
        _ml.Regression.Trainers.FastTree(options).Fit(data).Model.TrainedTreeEnsemble;
}
