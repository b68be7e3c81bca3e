using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.FineTuning;

/// <summary>Finds the tensors between the frozen part of a graph and the part that learns.</summary>
internal static class PartCut
{
    /// <summary>The tensors that the trainable part reads and that depend on the image alone.</summary>
    /// <param name="model">The graph.</param>
    /// <param name="learning">The nodes whose weights learn; the head learns always.</param>
    public static IReadOnlySet<string> Find(TuningModel model, IEnumerable<NodeProto> learning)
    {
        var graph = model.Model.Proto.Graph;
        var rows = Depending(graph, [model.Image]);
        var trained = Trained(model, learning);
        while (true)
        {
            var inside = graph.Node.Where(node => node.Output.Any(trained.Contains));
            var cuts = inside.SelectMany(node => node.Input).Where(input => rows.Contains(input) && !trained.Contains(input)).ToHashSet(StringComparer.Ordinal);

            // A shape that is computed from a frozen tensor is computed again: only numbers are kept.
            var shapes = graph.Node.Where(node => node.Output.Any(cuts.Contains) && !IsKept(model, node)).ToList();
            if (shapes.Count == 0)
                return cuts;
            trained.UnionWith(shapes.SelectMany(node => node.Output));
        }
    }

    private static HashSet<string> Trained(TuningModel model, IEnumerable<NodeProto> learning)
    {
        var graph = model.Model.Proto.Graph;
        var first = learning.Where(node => model.FeatureModel.Proto.Graph.Node.Any(known => known.Output[0] == node.Output[0])).SelectMany(node => node.Output);
        var head = graph.Node.Where(node => node.Input.Contains(model.Layout.Features)).SelectMany(node => node.Output);
        return Depending(graph, first.Concat(head));
    }

    private static HashSet<string> Depending(GraphProto graph, IEnumerable<string> start)
    {
        var tensors = start.ToHashSet(StringComparer.Ordinal);
        foreach (var node in graph.Node.Where(node => GraphCutter.Reads(node).Any(tensors.Contains)))
            tensors.UnionWith(node.Output.Where(output => output.Length > 0));
        return tensors;
    }

    // Only floats with one row an image can be kept; Shape and what follows from it are neither.
    private static bool IsKept(TuningModel model, NodeProto node) =>
        model.FloatTensors.Contains(node.Output[0]) && model.Shapes.TryGetValue(node.Output[0], out var shape) && shape.Length > 1 && shape.Skip(1).All(size => size > 0);
}
