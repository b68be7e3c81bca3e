using FeatureTransfer.Cascades;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Several chains whose answers become one. It ends a chain whose label is a key.</summary>
public sealed record EnsembleStep : PipelineStep, ICompositeStep
{
    /// <summary>The chains, two or more; each ends in a trainer of the same label.</summary>
    public required ValueList<ValueList<PipelineStep>> Models { get; init; }

    /// <summary>How their answers become one. In JSON its members stand beside <c>type</c>.</summary>
    public EnsembleOptions Options { get; init; } = new();

    string ICompositeStep.LabelColumn => Options.LabelColumnName;

    string? ICompositeStep.GroupColumn => Options.GroupColumnName;

    IReadOnlyList<NestedSteps> ICompositeStep.Chains => [.. Models.Select((steps, i) => new NestedSteps(StepTree.Item("models", i), steps))];

    PipelineStep ICompositeStep.With(Func<ValueList<PipelineStep>, ValueList<PipelineStep>> change) => this with { Models = Models.Select(change).ToValueList() };
}
