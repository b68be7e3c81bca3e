using FeatureTransfer.FineTuning;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Fine-tunes a backbone; it ends a chain whose label is a key.</summary>
public sealed record FineTuneStep : PipelineStep
{
    /// <summary>What is trained, and how. In JSON its members stand beside <c>type</c>.</summary>
    public required FineTuneOptions Options { get; init; }

    /// <summary>What changes in the card's image recipe. Default: nothing.</summary>
    public RecipeOverride Recipe { get; init; } = new();
}
