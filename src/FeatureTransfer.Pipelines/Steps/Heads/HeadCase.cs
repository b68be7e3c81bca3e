using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Json;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A head within another step.</summary>
internal sealed class HeadCase(IUnionCase<PipelineStep> step) : IUnionCase<HeadStep>
{
    public string Name => step.Name;

    public string Summary => step.Summary;

    public bool Holds(HeadStep value) => step.Holds(value);

    public HeadStep Read(LocatedObject node, BindingContext context) => (HeadStep)step.Read(node, context);

    public JsonObject Write(HeadStep value) => step.Write(value);

    public JsonObject Schema() => step.Schema();
}
