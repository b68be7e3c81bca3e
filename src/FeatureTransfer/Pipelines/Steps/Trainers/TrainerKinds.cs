using Microsoft.ML;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The classifiers.</summary>
internal static class TrainerKinds
{
    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Trained(
            "LbfgsMaximumEntropy",
            "Multinomial logistic regression",
            LbfgsOptions.Of(() => new LbfgsMaximumEntropyStep()),
            (s, build) => build.Context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
                s.LabelColumn, s.FeatureColumn, s.ExampleWeightColumn, s.L1Regularization, s.L2Regularization, s.OptimizationTolerance, s.HistorySize, s.EnforceNonNegativity)),
    ];
}
