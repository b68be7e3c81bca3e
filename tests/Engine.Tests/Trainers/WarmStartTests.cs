using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace Engine.Tests.Trainers;

/// <summary>Training that goes on from a model.</summary>
[TestFixture]
public class WarmStartTests
{
    private readonly MLContext _ml = new(1);

    private IDataView View => _ml.View(TrainerRows.Draw());

    [Test]
    public void Fit_LbfgsLogisticRegressionFromItsModel_StaysThere()
    {
        var done = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(View);
        var step = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options { MaximumNumberOfIterations = 1 });

        Check(done, step.Fit(View, done.Model.SubModel), step.Fit(View));
    }

    [Test]
    public void Fit_LbfgsPoissonFromItsModel_StaysThere()
    {
        var done = _ml.Regression.Trainers.LbfgsPoissonRegression("Count").Fit(View);
        var step = _ml.Regression.Trainers.LbfgsPoissonRegression(new LbfgsPoissonRegressionTrainer.Options { LabelColumnName = "Count", MaximumNumberOfIterations = 1 });

        Check(done, step.Fit(View, done.Model), step.Fit(View));
    }

    [Test]
    public void Fit_LbfgsMaximumEntropyFromItsModel_StaysThere()
    {
        var done = _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Class").Fit(View);
        var step = _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
            new LbfgsMaximumEntropyMulticlassTrainer.Options { LabelColumnName = "Class", MaximumNumberOfIterations = 1 });
        float[] Flat(ITransformer model) => [.. model.ClassScores(View).SelectMany(s => s)];

        Assert.Multiple(() =>
        {
            Assert.That(TrainerRows.Gap(Flat(done), Flat(step.Fit(View, done.Model))), Is.LessThan(1e-3));
            Assert.That(TrainerRows.Gap(Flat(done), Flat(step.Fit(View))), Is.GreaterThan(1e-2));
        });
    }

    [Test]
    public void Fit_SgdFromAnotherModel_StartsThere()
    {
        var done = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(View);
        var step = _ml.BinaryClassification.Trainers.SgdCalibrated(learningRate: 1e-6, numberOfIterations: 1);

        Check(done, step.Fit(View, done.Model.SubModel), step.Fit(View));
    }

    [Test]
    public void Fit_OnlineFromAnotherModel_StartsThere()
    {
        var done = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(View);
        var step = _ml.BinaryClassification.Trainers.AveragedPerceptron(learningRate: 1e-6f, numberOfIterations: 1);

        Check(done, step.Fit(View, done.Model.SubModel), step.Fit(View));
    }

    [Test]
    public void Fit_FromAModelOfOtherFeatures_Throws()
    {
        var other = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression(featureColumnName: "Two")
            .Fit(_ml.Transforms.Concatenate("Two", "Weight", "Value").Fit(View).Transform(View)).Model.SubModel;

        Assert.Multiple(() =>
        {
            Assert.That(() => _ml.BinaryClassification.Trainers.SgdCalibrated().Fit(View, other), Throws.InvalidOperationException);
            Assert.That(() => _ml.BinaryClassification.Trainers.AveragedPerceptron().Fit(View, other), Throws.InvalidOperationException);
            Assert.That(() => _ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(View, other), Throws.InvalidOperationException);
        });
    }

    private void Check(ITransformer done, ITransformer warm, ITransformer cold) => Assert.Multiple(() =>
    {
        Assert.That(TrainerRows.Gap(done.Scores(View), warm.Scores(View)), Is.LessThan(1e-3));
        Assert.That(TrainerRows.Gap(done.Scores(View), cold.Scores(View)), Is.GreaterThan(1e-2));
    });
}
