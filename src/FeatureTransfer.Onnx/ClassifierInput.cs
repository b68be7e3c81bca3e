namespace FeatureTransfer.Onnx;

/// <summary>Finds what a model's classifier takes: the features that most transfer starts from.</summary>
public static class ClassifierInput
{
    // What may stand between the last fully connected layer and the output.
    private static readonly HashSet<string> _behind = new(
        ["Add", "Softmax", "LogSoftmax", "Sigmoid", "Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Cast"], StringComparer.Ordinal);

    /// <summary>The tensor that the last fully connected layer before the first output takes.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    /// <returns>The tensor's name, or null where the first output does not come from such a layer.</returns>
    public static string? Find(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var graph = model.Proto.Graph;
        var producers = graph.Node.SelectMany(node => node.Output.Where(output => output.Length > 0).Select(output => (output, node))).ToDictionary(pair => pair.output, pair => pair.node, StringComparer.Ordinal);
        var rows = LayerTable.DependingOn(graph, model.Inputs.Select(input => input.Name));
        return Follow(graph.Output[0].Name, producers, rows);
    }

    private static string? Follow(string tensor, Dictionary<string, NodeProto> producers, HashSet<string> rows)
    {
        // A graph that reads itself is found out by ONNX Runtime, not here.
        for (var steps = 0; steps < producers.Count && producers.TryGetValue(tensor, out var node); steps++)
        {
            var taken = node.Input.Where(rows.Contains).ToList();
            if (node.OpType is "Gemm" or "MatMul")
                return taken is [var features] && producers.ContainsKey(features) ? features : null;
            if (!_behind.Contains(node.OpType) || taken.Count != 1)
                return null;
            tensor = taken[0];
        }

        return null;
    }
}
