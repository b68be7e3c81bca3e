using FeatureTransfer.Pipelines.Binding;
using Microsoft.ML;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The classifiers.</summary>
internal static class TrainerKinds
{
    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Trainer(
            "LbfgsMaximumEntropy",
            "Multinomial logistic regression",
            LbfgsOptions.Of(() => new LbfgsMaximumEntropyStep()),
            (s, build) => build.Context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
                s.LabelColumn, s.FeatureColumn, s.ExampleWeightColumn, s.L1Regularization, s.L2Regularization, s.OptimizationTolerance, s.HistorySize, s.EnforceNonNegativity),
            PipelineTask.Multiclass),
        StepKind.Trainer(
            "SdcaMaximumEntropy",
            "Multinomial logistic regression by stochastic dual coordinate ascent",
            SdcaOptions.Of(() => new SdcaMaximumEntropyStep()),
            (s, build) => build.Context.MulticlassClassification.Trainers.SdcaMaximumEntropy(
                s.LabelColumn, s.FeatureColumn, s.ExampleWeightColumn, s.L2Regularization, s.L1Regularization, s.MaximumNumberOfIterations),
            PipelineTask.Multiclass),
        StepKind.Trainer(
            "SdcaNonCalibrated",
            "Linear classification by stochastic dual coordinate ascent; its scores are no probabilities",
            SdcaOptions.Of(() => new SdcaNonCalibratedStep()),
            (s, build) => build.Context.MulticlassClassification.Trainers.SdcaNonCalibrated(
                s.LabelColumn, s.FeatureColumn, s.ExampleWeightColumn, null, s.L2Regularization, s.L1Regularization, s.MaximumNumberOfIterations),
            PipelineTask.Multiclass),
        StepKind.Trainer(
            "NaiveBayes",
            "Naive Bayes over whether features are above 0",
            StepOptions.Trainer(() => new NaiveBayesStep()),
            (s, build) => build.Context.MulticlassClassification.Trainers.NaiveBayes(s.LabelColumn, s.FeatureColumn),
            PipelineTask.Multiclass),
        StepKind.Trainer(
            "OneVersusAll",
            "One classifier a class, against all others",
            Meta(() => new OneVersusAllStep { BinaryEstimator = new LbfgsLogisticRegressionStep() })
                .Add("useProbabilities", StepOptions.Boolean, s => s.UseProbabilities, (s, v) => s with { UseProbabilities = v }, "Whether the classifiers' probabilities are compared, and not their scores"),
            (s, build) => BinaryKinds.Of(s.BinaryEstimator).OneVersusAll(s, build),
            PipelineTask.Multiclass),
        StepKind.Trainer(
            "PairwiseCoupling",
            "One classifier a pair of classes",
            Meta(() => new PairwiseCouplingStep { BinaryEstimator = new LbfgsLogisticRegressionStep() }),
            (s, build) => BinaryKinds.Of(s.BinaryEstimator).PairwiseCoupling(s, build),
            PipelineTask.Multiclass),
    ];

    private static OptionSet<T> Meta<T>(Func<T> create)
        where T : MetaTrainerStep => new OptionSet<T>(create)
        .Add("binaryEstimator", BinaryKinds.Format, s => s.BinaryEstimator, (s, v) => s with { BinaryEstimator = v }, "The classifier of two classes; its feature and weight columns count", required: true)
        .Add("labelColumn", StepOptions.Text, s => s.LabelColumn, (s, v) => s with { LabelColumn = v }, "The label: a key")
        .Add("imputeMissingLabelsAsNegative", StepOptions.Boolean, s => s.ImputeMissingLabelsAsNegative, (s, v) => s with { ImputeMissingLabelsAsNegative = v }, "Whether rows without label count as of the other class")
        .Add("maximumCalibrationExampleCount", StepOptions.Count, s => s.MaximumCalibrationExampleCount, (s, v) => s with { MaximumCalibrationExampleCount = v }, "The most rows that scores are calibrated with");
}
