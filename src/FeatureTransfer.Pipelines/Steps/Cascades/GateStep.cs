using FeatureTransfer.Cascades;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A cheap chain answers where it is sure enough, and a costly one the rest. It ends a chain whose label is a key.</summary>
public sealed record GateStep : PipelineStep, ICompositeStep
{
    /// <summary>The chain that is asked first; it ends in a trainer.</summary>
    public required ValueList<PipelineStep> Cheap { get; init; }

    /// <summary>The chain that is asked where the other is not sure; it ends in a trainer of the same label.</summary>
    public required ValueList<PipelineStep> Costly { get; init; }

    /// <summary>When the cheap chain answers. In JSON its members stand beside <c>type</c>.</summary>
    public GateOptions Options { get; init; } = new();

    string ICompositeStep.LabelColumn => Options.LabelColumnName;

    string? ICompositeStep.GroupColumn => Options.GroupColumnName;

    IReadOnlyList<NestedSteps> ICompositeStep.Chains => [new("cheap", Cheap), new("costly", Costly)];

    PipelineStep ICompositeStep.With(Func<ValueList<PipelineStep>, ValueList<PipelineStep>> change) => this with { Cheap = change(Cheap), Costly = change(Costly) };
}
