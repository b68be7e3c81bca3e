using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Engine.Tests.Trainers.Trees;

[TestFixture]
public class FastForestTests
{
    private static readonly MLContext _ml = new(1);
    private static readonly IDataView _data = _ml.Data.LoadFromEnumerable(TreeRow.Make(600));

    [Test]
    public void Fit_StepFunction_PredictsTheMeanOfTheTrees()
    {
        var model = _ml.Regression.Trainers.FastForest().Fit(_data);

        Assert.That(model.Model.TrainedTreeEnsemble.TreeWeights, Is.All.EqualTo(0.01));
        Assert.That(_ml.Regression.Evaluate(model.Transform(_data)).RSquared, Is.GreaterThan(0.9));
    }

    [Test]
    public void Fit_SameSeed_GivesTheSameForest()
    {
        var trainer = _ml.BinaryClassification.Trainers.FastForest("IsHigh", numberOfTrees: 10);

        var first = trainer.Fit(_data).Transform(_data).GetColumn<float>("Score").ToArray();

        Assert.That(trainer.Fit(_data).Transform(_data).GetColumn<float>("Score").ToArray(), Is.EqualTo(first));
    }

    [Test]
    public void Fit_OtherSeed_GivesAnotherForest()
    {
        float[] Scores(int seed) => [.. _ml.BinaryClassification.Trainers
            .FastForest(new FastForestBinaryTrainer.Options { LabelColumnName = "IsHigh", Seed = seed, NumberOfTrees = 10 })
            .Fit(_data).Transform(_data).GetColumn<float>("Score")];

        Assert.That(Scores(2), Is.Not.EqualTo(Scores(1)));
    }

    [Test]
    public void GetLeafSamplesAt_Leaf_HasLabelsAroundItsValue()
    {
        var options = new FastForestRegressionTrainer.Options { NumberOfQuantileSamples = 5, NumberOfTrees = 3 };
        var tree = _ml.Regression.Trainers.FastForest(options).Fit(_data).Model.TrainedTreeEnsemble.Trees[0];

        for (int leaf = 0; leaf < tree.NumberOfLeaves; leaf++)
        {
            Assert.That(tree.GetLeafSamplesAt(leaf), Has.Count.EqualTo(5).And.All.AnyOf(-1.0, 3.0));
            Assert.That(tree.GetLeafSampleWeightsAt(leaf), Is.All.EqualTo(1.0));
        }
    }

    [Test]
    public void Save_Forest_ScoresAlikeWhenLoaded()
    {
        var model = _ml.Regression.Trainers.FastForest(numberOfTrees: 5).Fit(_data);
        using var stream = new MemoryStream();

        _ml.Model.Save(model, _data.Schema, stream);
        stream.Position = 0;
        var loaded = _ml.Model.Load(stream, out _);

        Assert.That(
            loaded.Transform(_data).GetColumn<float>("Score").ToArray(), Is.EqualTo(model.Transform(_data).GetColumn<float>("Score").ToArray()));
    }

    [Test]
    public void Fit_ShuffledLabels_LearnsLittle()
    {
        var model = _ml.Regression.Trainers.FastForest(new FastForestRegressionTrainer.Options { ShuffleLabels = true }).Fit(_data);

        Assert.That(_ml.Regression.Evaluate(model.Transform(_data)).RSquared, Is.LessThan(0.5));
    }
}
