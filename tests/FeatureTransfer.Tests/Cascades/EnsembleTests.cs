using FeatureTransfer.Cascades;
using FeatureTransfer.Heads;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Cascades;

public class EnsembleTests
{
    private readonly MLContext _ml = new(1);
    private readonly IDataView _training = TwoFeatures.View(TwoFeatures.Rows(300));
    private readonly IDataView _test = TwoFeatures.View(TwoFeatures.Rows(150, seed: 4));

    [Test]
    public void Fit_Average_IsTheWeightedMeanOfTheModels()
    {
        var answers = Scores(Ensemble(new EnsembleOptions { Weights = [1, 3] }).Fit(_training));
        var (rough, fine) = (Scores(TwoFeatures.Model("Rough").Fit(_training)), Scores(TwoFeatures.Model("Fine").Fit(_training)));
        for (var row = 0; row < answers.Length; row++)
            Assert.That(answers[row], Is.EqualTo(rough[row].Zip(fine[row], (one, three) => (one + (3 * three)) / 4)).Within(1e-5));
    }

    [TestCase(EnsembleCombination.Average)]
    [TestCase(EnsembleCombination.Vote)]
    [TestCase(EnsembleCombination.Stack)]
    public void SaveBundle_BothReaders_GiveTheSame(EnsembleCombination combination)
    {
        var model = Ensemble(new EnsembleOptions { Combination = combination, Folds = 3, GroupColumnName = "Group" }).Fit(_training);
        var path = Path.GetTempFileName();
        _ml.Model.SaveBundle(model, _test.Schema, path);
        Assert.That(Scores(_ml.Model.LoadBundle(path, out _)), Is.EqualTo(Scores(model)));
        Assert.That(Scores(_ml.Model.Load(path, out _)), Is.EqualTo(Scores(model)));
        Assert.That(model.GetOutputSchema(_test.Schema).Where(column => !column.IsHidden).Select(column => column.Name), Is.EquivalentTo(new[] { "Label", "Group", "Rough", "Fine", "Score", "PredictedLabel" }));
        Assert.That(Columns.ClassNames(model.GetOutputSchema(_test.Schema)["PredictedLabel"]), Is.EqualTo(TwoFeatures.Classes));
        Assert.That(_ml.MulticlassClassification.Evaluate(model.Transform(_test)).MicroAccuracy, Is.GreaterThan(0.8));
        File.Delete(path);
    }

    [Test]
    public void Fit_Stack_TrustsTheBetterModel()
    {
        var stack = _ml.MulticlassClassification.Evaluate(Ensemble(new EnsembleOptions { Combination = EnsembleCombination.Stack, L2Regularization = 0.01f }).Fit(_training).Transform(_test));
        var average = _ml.MulticlassClassification.Evaluate(Ensemble(new EnsembleOptions()).Fit(_training).Transform(_test));
        Assert.That(stack.LogLoss, Is.LessThan(average.LogLoss));
    }

    [Test]
    public void Fit_StackOfModelsThatCannotReadAllRows_LearnsFromThoseThatAllCan()
    {
        var options = new EnsembleOptions { Combination = EnsembleCombination.Stack };
        string[] first = ["group 0", "group 1"], all = [.. _training.GetColumn<string>("Group").Distinct()];
        EnsembleEstimator Stack(string[] leftOut) => _ml.MulticlassClassification.Trainers.Ensemble([new FittedRows(TwoFeatures.Model("Rough"), leftOut), TwoFeatures.Model("Fine")], options);
        Assert.That(Scores(Stack(first).Fit(_training)), Has.Length.EqualTo(146), "rows of the test have these groups, too");
        Assert.That(() => Stack(all).Fit(_training), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no row that all its models can read"));
    }

    [Test]
    public void Fit_ModelThatLeavesOutColumns_IsNamed()
    {
        var selecting = TwoFeatures.Model("Rough").Append(_ml.Transforms.SelectColumns("Score", "PredictedLabel"));
        Assert.That(() => _ml.MulticlassClassification.Trainers.Ensemble([TwoFeatures.Model("Fine"), selecting]).Fit(_training), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("The model 2 leaves out columns"));
    }

    [Test]
    public void Fit_GateOfEnsembles_IsSavedWhole()
    {
        using var gate = _ml.MulticlassClassification.Trainers.Gate(TwoFeatures.Model("Rough"), Ensemble(new EnsembleOptions())).Fit(_training);
        var path = Path.GetTempFileName();
        _ml.Model.SaveBundle(gate, _test.Schema, path);
        Assert.That(Scores(_ml.Model.LoadBundle(path, out _)), Is.EqualTo(Scores(gate)));
        Assert.That(Scores(_ml.Model.Load(path, out _)), Is.EqualTo(Scores(gate)));
        File.Delete(path);
    }

    [Test]
    public void Answer_Vote_CountsFirstAndWeighsProbabilitiesBetweenEquals()
    {
        var probabilities = new TemperatureScaling(1, IsLogits: false);
        var three = new EnsembleRule(true, [.. Enumerable.Repeat((1 / 3.0, probabilities), 3)]);
        Assert.That(Best(three.Answer([0.51f, 0.49f, 0.51f, 0.49f, 0f, 1f])), Is.Zero, "two votes beat one that is surer");
        var two = new EnsembleRule(true, [.. Enumerable.Repeat((0.5, probabilities), 2)]);
        Assert.That(Best(two.Answer([0.6f, 0.4f, 0.1f, 0.9f])), Is.EqualTo(1), "the surer of two decides");
        Assert.That(two.Answer([0.6f, 0.4f, 0.1f, 0.9f]).Sum(), Is.EqualTo(1).Within(1e-5));
    }

    [Test]
    public void Options_ThatDoNotFit_AreRefused()
    {
        Assert.That(() => _ml.MulticlassClassification.Trainers.Ensemble([TwoFeatures.Model("Rough")]), Throws.ArgumentException.With.Message.Contains("two models"));
        Assert.That(() => Ensemble(new EnsembleOptions { Weights = [1] }), Throws.ArgumentException.With.Message.Contains("one a model"));
        Assert.That(() => Ensemble(new EnsembleOptions { Weights = [0, 0] }), Throws.ArgumentException);
        Assert.That(() => Ensemble(new EnsembleOptions { Weights = [1, 1], Combination = EnsembleCombination.Stack }), Throws.ArgumentException.With.Message.Contains("Average"));
        Assert.That(() => Ensemble(new EnsembleOptions { Folds = 1 }), Throws.InstanceOf<ArgumentException>());
    }

    private static int Best(float[] scores) => Array.IndexOf(scores, scores.Max());

    private EnsembleEstimator Ensemble(EnsembleOptions options) => _ml.MulticlassClassification.Trainers.Ensemble([TwoFeatures.Model("Rough"), TwoFeatures.Model("Fine")], options);

    private float[][] Scores(ITransformer model) => Conformance.Answers.Batch(model.Transform(_test), "Score");
}
