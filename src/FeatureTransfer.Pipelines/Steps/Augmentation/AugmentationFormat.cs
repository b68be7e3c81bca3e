using System.Text.Json.Nodes;
using FeatureTransfer.Inputs.Augmentation;
using FeatureTransfer.Pipelines.Json;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>An <see cref="AugmentationPlan"/>: a list of operations, each an object with a <c>type</c>, whose ranges and order are checked too.</summary>
internal sealed class AugmentationFormat : ValueFormat<AugmentationPlan>
{
    private static readonly ListFormat<AugmentationOperation> _list = new(new UnionFormat<AugmentationOperation>("augmentation", AugmentationKinds.All));

    public static AugmentationFormat Instance { get; } = new();

    public override string Expected => _list.Expected;

    public override bool TryRead(LocatedNode node, BindingContext context, out AugmentationPlan value)
    {
        value = AugmentationPlan.None;
        if (!_list.TryRead(node, context, out var operations))
            return false;
        value = new AugmentationPlan { Operations = operations };
        return CheckRanges(value, (LocatedArray)node, context);
    }

    public override JsonNode? Write(AugmentationPlan value) => _list.Write(value.Operations);

    public override JsonObject Schema() => _list.Schema();

    private static bool CheckRanges(AugmentationPlan plan, LocatedArray node, BindingContext context)
    {
        var before = context.Faults.Count;
        for (var i = 0; i < plan.Operations.Count; i++)
        {
            foreach (var fault in plan.Faults(i))
                context.Fault(node.Items[i].Place, fault);
        }

        return context.Faults.Count == before;
    }
}
