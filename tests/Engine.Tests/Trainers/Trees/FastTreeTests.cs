using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Engine.Tests.Trainers.Trees;

[TestFixture]
public class FastTreeTests
{
    private static readonly MLContext _ml = new(1);
    private static readonly IDataView _data = _ml.Data.LoadFromEnumerable(TreeRow.Make(600));

    [Test]
    public void Fit_StepFunction_FindsTheStep()
    {
        var model = _ml.Regression.Trainers.FastTree(numberOfTrees: 50).Fit(_data);
        var tree = model.Model.TrainedTreeEnsemble.Trees[0];

        Assert.That(tree.NumericalSplitFeatureIndexes[0], Is.Zero);
        Assert.That(tree.NumericalSplitThresholds[0], Is.EqualTo(0.5f).Within(0.01f));
        Assert.That(_ml.Regression.Evaluate(model.Transform(_data)).RSquared, Is.GreaterThan(0.99));
    }

    [Test]
    public void GetFeatureWeights_OneFeatureDecides_GivesItAllTheWeight()
    {
        var model = _ml.Regression.Trainers.FastTree(numberOfTrees: 5, numberOfLeaves: 2).Fit(_data).Model;
        VBuffer<float> weights = default;

        model.GetFeatureWeights(ref weights);

        Assert.That(weights.DenseValues(), Is.EqualTo(new[] { 1f, 0, 0 }));
    }

    [Test]
    public void Fit_AnyNumberOfThreads_GivesTheSameTrees()
    {
        var data = _ml.Data.LoadFromEnumerable(TreeRow.Make(30_000));
        var scores = new[] { 1, 4 }.Select(threads => _ml.Regression.Trainers
            .FastTree(new FastTreeRegressionTrainer.Options { NumberOfThreads = threads, NumberOfTrees = 5, BaggingSize = 1, FeatureFraction = 0.7 })
            .Fit(data).Transform(data).GetColumn<float>("Score").ToArray()).ToArray();

        Assert.That(scores[1], Is.EqualTo(scores[0]));
    }

    [Test]
    public void Fit_RowsWeighedDouble_IsAsGivenTwice()
    {
        var rows = TreeRow.Make(200);
        for (int i = 0; i < rows.Length; i++)
            (rows[i].Label, rows[i].Weight) = (rows[i].Label + rows[i].Features[1], i % 3 == 0 ? 2 : 1);
        var options = new FastTreeRegressionTrainer.Options { NumberOfTrees = 10, MinimumExampleCountPerLeaf = 1, NumberOfLeaves = 4 };
        var twice = _ml.Data.LoadFromEnumerable(rows.Concat(rows.Where(r => r.Weight == 2)));
        var once = _ml.Data.LoadFromEnumerable(rows);

        var expected = _ml.Regression.Trainers.FastTree(options).Fit(twice).Transform(once).GetColumn<float>("Score").ToArray();
        options.ExampleWeightColumnName = "Weight";
        var actual = _ml.Regression.Trainers.FastTree(options).Fit(once).Transform(once).GetColumn<float>("Score").ToArray();

        Assert.That(actual, Is.EqualTo(expected).Within(1e-4f));
    }

    [Test]
    public void Fit_SparseRows_GivesTheSameTreesAsDenseOnes()
    {
        var rows = TreeRow.Make(300);
        foreach (var row in rows)
            row.Features[1] = row.Features[2] = 0;
        var dense = _ml.Data.LoadFromEnumerable(rows);
        var sparse = _ml.Data.LoadFromEnumerable(
            rows.Select(r => new SparseRow { Features = new VBuffer<float>(3, 1, [r.Features[0]], [0]), Label = r.Label }),
            Shape());
        var trainer = _ml.Regression.Trainers.FastTree(numberOfTrees: 3);

        var expected = trainer.Fit(dense).Transform(dense).GetColumn<float>("Score").ToArray();

        Assert.That(trainer.Fit(sparse).Transform(sparse).GetColumn<float>("Score").ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void Fit_EarlyStoppingRule_KeepsTheBestTrees()
    {
        var rows = TreeRow.Make(400);
        var random = new Random(3);
        foreach (var row in rows)
            row.Label += (float)(random.NextDouble() * 8) - 4;
        var noisy = _ml.Data.LoadFromEnumerable(rows.Take(200));
        var held = _ml.Data.LoadFromEnumerable(rows.Skip(200));
        var options = new FastTreeRegressionTrainer.Options { EarlyStoppingRule = new ConsecutiveGeneralityLossRule(3), MinimumExampleCountPerLeaf = 1 };

        var stopped = _ml.Regression.Trainers.FastTree(options).Fit(noisy, held);
        options.EarlyStoppingRule = null;
        var full = _ml.Regression.Trainers.FastTree(options).Fit(noisy, held);

        Assert.That(stopped.Model.TrainedTreeEnsemble.Trees, Has.Count.LessThan(100).And.Count.GreaterThan(0));
        Assert.That(
            _ml.Regression.Evaluate(stopped.Transform(held)).MeanAbsoluteError,
            Is.LessThan(_ml.Regression.Evaluate(full.Transform(held)).MeanAbsoluteError));
    }

    [Test]
    public void Fit_EarlyStoppingWithoutValidation_SaysWhatIsMissing()
    {
        var options = new FastTreeRegressionTrainer.Options { EarlyStoppingRule = new TolerantEarlyStoppingRule() };

        Assert.That(
            () => _ml.Regression.Trainers.FastTree(options).Fit(_data),
            Throws.InvalidOperationException.With.Message.Contains("validation"));
    }

    [Test]
    public void Save_CalibratedModel_ScoresAlikeWhenLoaded()
    {
        var model = _ml.BinaryClassification.Trainers.FastTree("IsHigh", numberOfTrees: 5).Fit(_data);
        using var stream = new MemoryStream();

        _ml.Model.Save(model, _data.Schema, stream);
        stream.Position = 0;
        var loaded = _ml.Model.Load(stream, out _);

        Assert.That(
            loaded.Transform(_data).GetColumn<float>("Probability").ToArray(),
            Is.EqualTo(model.Transform(_data).GetColumn<float>("Probability").ToArray()));
    }

    private static SchemaDefinition Shape()
    {
        var shape = SchemaDefinition.Create(typeof(SparseRow));
        shape["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3);
        return shape;
    }

    private sealed class SparseRow
    {
        public VBuffer<float> Features { get; set; }

        public float Label { get; set; }
    }
}
