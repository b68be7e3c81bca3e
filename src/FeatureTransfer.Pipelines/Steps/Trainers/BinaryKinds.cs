using FeatureTransfer.Pipelines.Binding;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The classifiers of two classes that others build upon.</summary>
internal static class BinaryKinds
{
    private static readonly IReadOnlyList<IBinaryKind> _all =
    [
        new BinaryKind<LbfgsLogisticRegressionStep, CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>(
            "LbfgsLogisticRegression",
            "Logistic regression",
            LbfgsOptions.Of(() => new LbfgsLogisticRegressionStep()),
            (s, build) => build.Context.BinaryClassification.Trainers.LbfgsLogisticRegression(
                s.LabelColumn, s.FeatureColumn, s.ExampleWeightColumn, s.L1Regularization, s.L2Regularization, s.OptimizationTolerance, s.HistorySize, s.EnforceNonNegativity)),
        new BinaryKind<SdcaLogisticRegressionStep, CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>(
            "SdcaLogisticRegression",
            "Logistic regression by stochastic dual coordinate ascent",
            SdcaOptions.Of(() => new SdcaLogisticRegressionStep()),
            (s, build) => build.Context.BinaryClassification.Trainers.SdcaLogisticRegression(
                s.LabelColumn, s.FeatureColumn, s.ExampleWeightColumn, s.L2Regularization, s.L1Regularization, s.MaximumNumberOfIterations)),
        new BinaryKind<AveragedPerceptronStep, LinearBinaryModelParameters>(
            "AveragedPerceptron",
            "The averaged perceptron",
            StepOptions.Trainer(() => new AveragedPerceptronStep())
                .Add("learningRate", StepOptions.Penalty, s => s.LearningRate, (s, v) => s with { LearningRate = v }, "The length of a step")
                .Add("decreaseLearningRate", StepOptions.Boolean, s => s.DecreaseLearningRate, (s, v) => s with { DecreaseLearningRate = v }, "Whether steps become shorter")
                .Add("l2Regularization", StepOptions.Penalty, s => s.L2Regularization, (s, v) => s with { L2Regularization = v }, "The weight of the L2 penalty")
                .Add("numberOfIterations", StepOptions.Count, s => s.NumberOfIterations, (s, v) => s with { NumberOfIterations = v }, "The passes over the rows"),
            (s, build) => build.Context.BinaryClassification.Trainers.AveragedPerceptron(
                s.LabelColumn, s.FeatureColumn, null, s.LearningRate, s.DecreaseLearningRate, s.L2Regularization, s.NumberOfIterations)),
        new BinaryKind<LinearSvmStep, LinearBinaryModelParameters>(
            "LinearSvm",
            "The linear support vector machine",
            StepOptions.WeightedTrainer(() => new LinearSvmStep())
                .Add("numberOfIterations", StepOptions.Count, s => s.NumberOfIterations, (s, v) => s with { NumberOfIterations = v }, "The passes over the rows"),
            (s, build) => build.Context.BinaryClassification.Trainers.LinearSvm(s.LabelColumn, s.FeatureColumn, s.ExampleWeightColumn, s.NumberOfIterations)),
        new BinaryKind<SgdCalibratedStep, CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>(
            "SgdCalibrated",
            "Logistic regression by stochastic gradient descent",
            StepOptions.WeightedTrainer(() => new SgdCalibratedStep())
                .Add("numberOfIterations", StepOptions.Count, s => s.NumberOfIterations, (s, v) => s with { NumberOfIterations = v }, "The passes over the rows")
                .Add("learningRate", new NumberFormat(0, double.PositiveInfinity), s => s.LearningRate, (s, v) => s with { LearningRate = v }, "The length of the first steps")
                .Add("l2Regularization", StepOptions.Penalty, s => s.L2Regularization, (s, v) => s with { L2Regularization = v }, "The weight of the L2 penalty"),
            (s, build) => build.Context.BinaryClassification.Trainers.SgdCalibrated(
                s.LabelColumn, s.FeatureColumn, s.ExampleWeightColumn, s.NumberOfIterations, s.LearningRate, s.L2Regularization)),
    ];

    public static ValueFormat<IBinaryTrainerStep> Format { get; } = new UnionFormat<IBinaryTrainerStep>("binary trainer", [.. _all.Select(kind => kind.Case)]);

    /// <summary>The row of a binary trainer.</summary>
    public static IBinaryKind Of(IBinaryTrainerStep step) =>
        _all.FirstOrDefault(kind => kind.Case.Holds(step))
        ?? throw new FeatureTransferException($"The binary trainer {step.GetType().Name} is not in the table; known are {string.Join(", ", _all.Select(kind => kind.Case.Name))}.");
}
