namespace FeatureTransfer.Onnx;

/// <summary>Lists the layers of a model with their shapes and their cost.</summary>
public static class LayerTable
{
    /// <summary>The layers in the order in which they are computed; what does not depend on the input is counted as weights.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    /// <param name="height">Height of the images where the model leaves it free; null is 224. Default null.</param>
    /// <param name="width">Width of the images where the model leaves it free; null is 224. Default null.</param>
    /// <exception cref="FeatureTransferException">ONNX Runtime cannot load the model.</exception>
    public static IReadOnlyList<LayerInfo> Describe(OnnxModel model, int? height = null, int? width = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var graph = model.Proto.Graph;
        var shapes = TensorShapes.Measure(model, height ?? 224, width ?? 224);
        var rows = DependingOn(graph, model.Inputs.Select(input => input.Name));
        var layers = graph.Node.Where(node => node.Output.Any(rows.Contains)).ToList();
        var costs = layers.ToDictionary(NameOf, node => LayerCost.MultiplyAdds(node, shapes), StringComparer.Ordinal);
        var cumulative = new CumulativeCost(layers, node => costs[NameOf(node)]);
        return [.. layers.Select(node => new LayerInfo(
            NameOf(node),
            node.OpType,
            shapes.GetValueOrDefault(NameOf(node), []),
            LayerCost.Parameters(node, shapes, rows),
            costs[NameOf(node)],
            cumulative.Of(node)))];
    }

    // An LSTM may leave its first output out, which has no name then.
    private static string NameOf(NodeProto node) => node.Output.First(output => output.Length > 0);

    /// <summary>The inputs and all tensors that are computed of them; the others are weights, or made of weights.</summary>
    internal static HashSet<string> DependingOn(GraphProto graph, IEnumerable<string> inputs)
    {
        var rows = inputs.ToHashSet(StringComparer.Ordinal);
        foreach (var node in graph.Node.Where(node => node.Input.Any(rows.Contains)))
            rows.UnionWith(node.Output.Where(output => output.Length > 0));
        return rows;
    }
}
