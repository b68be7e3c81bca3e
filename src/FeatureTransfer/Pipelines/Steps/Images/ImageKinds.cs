using FeatureTransfer.Extraction;
using FeatureTransfer.Graphs;
using FeatureTransfer.Pipelines.Binding;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The steps from images to numbers.</summary>
internal static class ImageKinds
{
    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Frozen(
            "ExtractFeatures",
            "Features of a frozen ONNX backbone, tapped at any layers",
            new OptionSet<ExtractFeaturesStep>(() => new ExtractFeaturesStep { Backbone = "" })
                .Add("output", StepOptions.Text, s => s.Output, (s, v) => s with { Output = v }, "The column that is added")
                .Add("input", StepOptions.Text, s => s.Input, (s, v) => s with { Input = v }, "The column that is read: a path, or an encoded image")
                .Add("backbone", StepOptions.Text, s => s.Backbone, (s, v) => s with { Backbone = v }, "An id of the catalogue (ft models list), or the path of a card or an ONNX file", required: true)
                .Add("layers", new ListFormat<string>(StepOptions.Text), s => s.Layers, (s, v) => s with { Layers = v }, "The layers to tap, aliases or tensors; empty is the card's default")
                .Add("pooling", new OptionalValueFormat<Pooling>(new EnumFormat<Pooling>()), s => s.Pooling, (s, v) => s with { Pooling = v }, "How a layer becomes a vector; null is the card's default")
                .Add("recipe", RecipeFormat.Instance, s => s.Recipe, (s, v) => s with { Recipe = v }, "What changes in the card's image recipe")
                .Add("batchSize", new IntegerFormat(1, 1024), s => s.BatchSize, (s, v) => s with { BatchSize = v }, "Images a batch")
                .Add("useCache", StepOptions.Boolean, s => s.UseCache, (s, v) => s with { UseCache = v }, "Whether features come from and go to the cache"),
            (s, build) => build.Context.Transforms.ExtractFeatures(Options(s, build), build.Services)),
    ];

    private static ExtractFeaturesOptions Options(ExtractFeaturesStep step, StepBuild build) => new()
    {
        OutputColumnName = step.Output,
        InputColumnName = step.Input,
        Backbone = build.ResolveBackbone(step.Backbone),
        Layers = step.Layers.Count > 0 ? step.Layers : null,
        Pooling = step.Pooling,
        Recipe = build.RecipeOf(step),
        BatchSize = step.BatchSize,
        UseCache = step.UseCache,
    };
}
