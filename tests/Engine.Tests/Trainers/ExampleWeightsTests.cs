using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace Engine.Tests.Trainers;

/// <summary>A row of weight n counts as n rows.</summary>
[TestFixture]
public class ExampleWeightsTests
{
    private readonly TrainerRows.Row[] _rows = TrainerRows.Draw();

    [Test]
    public void LbfgsLogisticRegression_Weights_CountAsCopies() =>
        AreAlike((ml, weight) => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(exampleWeightColumnName: weight, l1Regularization: 0), 1e-3);

    [Test]
    public void LbfgsPoissonRegression_Weights_CountAsCopies() =>
        AreAlike((ml, weight) => ml.Regression.Trainers.LbfgsPoissonRegression("Count", exampleWeightColumnName: weight, l1Regularization: 0), 1e-3);

    [Test]
    public void SdcaLogisticRegression_Weights_CountAsCopies() =>
        AreAlike((ml, weight) => ml.BinaryClassification.Trainers.SdcaLogisticRegression(Tight(new SdcaLogisticRegressionBinaryTrainer.Options(), weight)), 0.01);

    [Test]
    public void SdcaRegression_Weights_CountAsCopies() =>
        AreAlike((ml, weight) => ml.Regression.Trainers.Sdca(Tight(new SdcaRegressionTrainer.Options { LabelColumnName = "Value" }, weight)), 0.01);

    [Test]
    public void SgdCalibrated_Weights_CountAsCopies() =>
        AreAlike((ml, weight) => ml.BinaryClassification.Trainers.SgdCalibrated(exampleWeightColumnName: weight, learningRate: 1e-4, numberOfIterations: 50), 0.01);

    [Test]
    public void Prior_Weights_CountAsCopies() =>
        AreAlike((ml, weight) => ml.BinaryClassification.Trainers.Prior(exampleWeightColumnName: weight), 1e-6);

    [Test]
    public void LbfgsMaximumEntropy_Weights_CountAsCopies() =>
        AreAlikeByClass((ml, weight) => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Class", exampleWeightColumnName: weight, l1Regularization: 0), 1e-3);

    [Test]
    public void SdcaMaximumEntropy_Weights_CountAsCopies() =>
        AreAlikeByClass((ml, weight) => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(
            Tight(new SdcaMaximumEntropyMulticlassTrainer.Options { LabelColumnName = "Class" }, weight)), 0.01);

    private static SdcaLogisticRegressionBinaryTrainer.Options Tight(SdcaLogisticRegressionBinaryTrainer.Options options, string? weight)
    {
        (options.L2Regularization, options.ConvergenceTolerance, options.MaximumNumberOfIterations, options.ExampleWeightColumnName) = (0.05f, 1e-5f, 500, weight);
        return options;
    }

    private static SdcaRegressionTrainer.Options Tight(SdcaRegressionTrainer.Options options, string? weight)
    {
        (options.L2Regularization, options.ConvergenceTolerance, options.MaximumNumberOfIterations, options.ExampleWeightColumnName) = (0.05f, 1e-5f, 500, weight);
        return options;
    }

    private static SdcaMaximumEntropyMulticlassTrainer.Options Tight(SdcaMaximumEntropyMulticlassTrainer.Options options, string? weight)
    {
        (options.L2Regularization, options.ConvergenceTolerance, options.MaximumNumberOfIterations, options.ExampleWeightColumnName) = (0.05f, 1e-5f, 500, weight);
        return options;
    }

    private void AreAlike(Func<MLContext, string?, IEstimator<ITransformer>> trainer, double tolerance)
    {
        var (weighted, copied, ignored, view) = Fit(trainer);

        Assert.Multiple(() =>
        {
            Assert.That(TrainerRows.Gap(weighted.Scores(view), copied.Scores(view)), Is.LessThan(tolerance));
            Assert.That(TrainerRows.Gap(weighted.Scores(view), ignored.Scores(view)), Is.GreaterThan(tolerance));
        });
    }

    private void AreAlikeByClass(Func<MLContext, string?, IEstimator<ITransformer>> trainer, double tolerance)
    {
        var (weighted, copied, ignored, view) = Fit(trainer);
        float[] expected = [.. weighted.ClassScores(view).SelectMany(s => s)];

        Assert.Multiple(() =>
        {
            Assert.That(TrainerRows.Gap(expected, [.. copied.ClassScores(view).SelectMany(s => s)]), Is.LessThan(tolerance));
            Assert.That(TrainerRows.Gap(expected, [.. ignored.ClassScores(view).SelectMany(s => s)]), Is.GreaterThan(tolerance));
        });
    }

    private (ITransformer Weighted, ITransformer Copied, ITransformer Ignored, IDataView View) Fit(
        Func<MLContext, string?, IEstimator<ITransformer>> trainer)
    {
        var ml = new MLContext(1);
        var view = ml.View(_rows);
        var copies = ml.View(_rows.SelectMany(r => Enumerable.Repeat(r, (int)r.Weight)));
        return (trainer(ml, "Weight").Fit(view), trainer(ml, null).Fit(copies), trainer(ml, null).Fit(view), view);
    }
}
