using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Json;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A chain within a step. The table of steps, of which that step is one, is asked when it is there.</summary>
internal sealed class StepsFormat : ValueFormat<ValueList<PipelineStep>>
{
    private static readonly Lazy<ListFormat<PipelineStep>> _list = new(() => new ListFormat<PipelineStep>(StepTable.Format, 1));

    public override string Expected => "a list that is not empty, each entry a step as in estimators";

    public override bool TryRead(LocatedNode node, BindingContext context, out ValueList<PipelineStep> value) => _list.Value.TryRead(node, context, out value!);

    public override JsonNode? Write(ValueList<PipelineStep> value) => _list.Value.Write(value);

    public override JsonObject Schema() => _list.Value.Schema();
}
