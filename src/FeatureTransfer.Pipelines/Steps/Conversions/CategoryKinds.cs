using Microsoft.ML.Transforms;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The steps from categories to vectors.</summary>
internal static class CategoryKinds
{
    private static readonly EnumFormat<OneHotEncodingEstimator.OutputKind> _outputKind = new();

    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Trained(
            "OneHotEncoding",
            "Categories to vectors with a 1 at the category's place",
            StepOptions.Column(() => new OneHotEncodingStep { Output = "" })
                .Add("outputKind", _outputKind, s => s.OutputKind, (s, v) => s with { OutputKind = v }, "The form of the outcome")
                .Add("maximumNumberOfKeys", StepOptions.Count, s => s.MaximumNumberOfKeys, (s, v) => s with { MaximumNumberOfKeys = v }, "The most categories")
                .Add("keyOrdinality", new EnumFormat<ValueToKeyMappingEstimator.KeyOrdinality>(), s => s.KeyOrdinality, (s, v) => s with { KeyOrdinality = v }, "The order of the categories"),
            (s, build) => build.Context.Transforms.Categorical.OneHotEncoding(s.Output, s.Input, s.OutputKind, s.MaximumNumberOfKeys, s.KeyOrdinality)),
        StepKind.Trained(
            "OneHotHashEncoding",
            "Categories to vectors with a 1 at the place of the category's hash",
            StepOptions.Column(() => new OneHotHashEncodingStep { Output = "" })
                .Add("outputKind", _outputKind, s => s.OutputKind, (s, v) => s with { OutputKind = v }, "The form of the outcome")
                .Add("numberOfBits", new IntegerFormat(1, 30), s => s.NumberOfBits, (s, v) => s with { NumberOfBits = v }, "The bits of the hash")
                .Add("seed", new WholeNumberFormat<uint>(0, uint.MaxValue), s => s.Seed, (s, v) => s with { Seed = v }, "The seed of the hash")
                .Add("useOrderedHashing", StepOptions.Boolean, s => s.UseOrderedHashing, (s, v) => s with { UseOrderedHashing = v }, "Whether the place in a vector counts for the hash")
                .Add("maximumNumberOfInverts", new IntegerFormat(-1, int.MaxValue), s => s.MaximumNumberOfInverts, (s, v) => s with { MaximumNumberOfInverts = v }, "How many values a hash remembers for the slots' names: 0 for none, -1 for all"),
            (s, build) => build.Context.Transforms.Categorical.OneHotHashEncoding(
                s.Output, s.Input, s.OutputKind, s.NumberOfBits, s.Seed, s.UseOrderedHashing, s.MaximumNumberOfInverts)),
    ];
}
