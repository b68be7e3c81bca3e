using Microsoft.ML.Transforms;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The steps for missing values.</summary>
internal static class MissingValueKinds
{
    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Trained(
            "ReplaceMissingValues",
            "Missing values to values",
            StepOptions.Column(() => new ReplaceMissingValuesStep { Output = "" })
                .Add("replacementMode", new EnumFormat<MissingValueReplacingEstimator.ReplacementMode>(), s => s.ReplacementMode, (s, v) => s with { ReplacementMode = v }, "The value that stands in")
                .Add("imputeBySlot", StepOptions.Boolean, s => s.ImputeBySlot, (s, v) => s with { ImputeBySlot = v }, "Whether each slot of a vector has its own value"),
            (s, build) => build.Context.Transforms.ReplaceMissingValues(s.Output, s.Input, s.ReplacementMode, s.ImputeBySlot)),
        StepKind.Trained(
            "IndicateMissingValues",
            "Whether values are missing",
            StepOptions.Column(() => new IndicateMissingValuesStep { Output = "" }),
            (s, build) => build.Context.Transforms.IndicateMissingValues(s.Output, s.Input)),
    ];
}
