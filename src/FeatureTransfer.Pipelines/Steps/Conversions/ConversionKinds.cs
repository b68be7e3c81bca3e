using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The steps from one type to another.</summary>
internal static class ConversionKinds
{
    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Trained(
            "MapValueToKey",
            "Values, such as labels, to keys",
            StepOptions.Column(() => new MapValueToKeyStep { Output = "" })
                .Add("maximumNumberOfKeys", StepOptions.Count, s => s.MaximumNumberOfKeys, (s, v) => s with { MaximumNumberOfKeys = v }, "The most values that get a key")
                .Add("keyOrdinality", new EnumFormat<ValueToKeyMappingEstimator.KeyOrdinality>(), s => s.KeyOrdinality, (s, v) => s with { KeyOrdinality = v }, "The order of the keys")
                .Add("addKeyValueAnnotationsAsText", StepOptions.Boolean, s => s.AddKeyValueAnnotationsAsText, (s, v) => s with { AddKeyValueAnnotationsAsText = v }, "Whether the values are kept beside the keys as text, whatever they are"),
            (s, build) => build.Context.Transforms.Conversion.MapValueToKey(s.Output, s.Input, s.MaximumNumberOfKeys, s.KeyOrdinality, s.AddKeyValueAnnotationsAsText)),
        StepKind.Trained(
            "MapKeyToValue",
            "Keys back to values",
            StepOptions.Column(() => new MapKeyToValueStep { Output = "" }),
            (s, build) => build.Context.Transforms.Conversion.MapKeyToValue(s.Output, s.Input)),
        StepKind.Trained(
            "MapKeyToVector",
            "Keys to vectors with a 1 at the key's place",
            StepOptions.Column(() => new MapKeyToVectorStep { Output = "" })
                .Add("outputCountVector", StepOptions.Boolean, s => s.OutputCountVector, (s, v) => s with { OutputCountVector = v }, "Whether a vector of keys becomes one vector of counts"),
            (s, build) => build.Context.Transforms.Conversion.MapKeyToVector(s.Output, s.Input, s.OutputCountVector)),
        StepKind.Trained(
            "ConvertType",
            "Values to another type",
            StepOptions.Column(() => new ConvertTypeStep { Output = "" })
                .Add("outputKind", new EnumFormat<DataKind>(), s => s.OutputKind, (s, v) => s with { OutputKind = v }, "The type"),
            (s, build) => build.Context.Transforms.Conversion.ConvertType(s.Output, s.Input, s.OutputKind)),
    ];
}
