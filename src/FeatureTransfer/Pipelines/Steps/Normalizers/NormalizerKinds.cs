using Microsoft.ML;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The steps that bring features to a common scale.</summary>
internal static class NormalizerKinds
{
    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Trained(
            "NormalizeMeanVariance",
            "Each feature to mean 0 and variance 1",
            StepOptions.Column(() => new NormalizeMeanVarianceStep { Output = "" })
                .Add("fixZero", StepOptions.Boolean, s => s.FixZero, (s, v) => s with { FixZero = v }, "Whether 0 stays 0, so that only the scale changes"),
            (s, build) => build.Context.Transforms.NormalizeMeanVariance(s.Output, s.Input, fixZero: s.FixZero)),
        StepKind.Trained(
            "NormalizeMinMax",
            "Each feature to the range 0 to 1",
            StepOptions.Column(() => new NormalizeMinMaxStep { Output = "" })
                .Add("fixZero", StepOptions.Boolean, s => s.FixZero, (s, v) => s with { FixZero = v }, "Whether 0 stays 0, so that only the scale changes"),
            (s, build) => build.Context.Transforms.NormalizeMinMax(s.Output, s.Input, fixZero: s.FixZero)),
    ];
}
