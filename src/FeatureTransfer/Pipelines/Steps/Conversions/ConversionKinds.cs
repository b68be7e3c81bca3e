using Microsoft.ML;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The steps from one type to another.</summary>
internal static class ConversionKinds
{
    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Trained(
            "MapValueToKey",
            "Values, such as labels, to keys",
            StepOptions.Column(() => new MapValueToKeyStep { Output = "" }),
            (s, build) => build.Context.Transforms.Conversion.MapValueToKey(s.Output, s.Input)),
        StepKind.Trained(
            "MapKeyToValue",
            "Keys back to values",
            StepOptions.Column(() => new MapKeyToValueStep { Output = "" }),
            (s, build) => build.Context.Transforms.Conversion.MapKeyToValue(s.Output, s.Input)),
    ];
}
