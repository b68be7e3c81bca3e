namespace FeatureTransfer.Onnx;

/// <summary>What every ONNX graph keeps to. It is looked at once, when a model is read, so that whatever works on the graph may take it for granted.</summary>
internal static class GraphForm
{
    /// <summary>What is wrong with a graph, as the end of a sentence that begins with the model; null where nothing is.</summary>
    public static string? Fault(GraphProto graph)
    {
        if (graph.Output.Count == 0)
            return "has no output";
        if (NodeFault(graph) is { } fault)
            return fault;
        var tensors = new HashSet<string>(StringComparer.Ordinal);
        return graph.Node.SelectMany(node => node.Output).FirstOrDefault(name => name.Length > 0 && !tensors.Add(name)) is { } tensor ? $"computes the tensor '{tensor}' twice"
            : Twice(graph.Initializer.Select(weight => weight.Name)) is { } weight ? $"has two weights that are called '{weight}'"
            : Twice(graph.Input.Select(input => input.Name)) is { } input ? $"has two inputs that are called '{input}'"
            : null;
    }

    // Nodes hold graphs too (If, Loop).
    private static string? NodeFault(GraphProto graph) => graph.Node.Select(node =>
        node.Output.All(name => name.Length == 0) ? $"has a node ('{node.Name}', {node.OpType}) without an output"
        : node.Attribute.SelectMany(attribute => attribute.G is null ? attribute.Graphs : attribute.Graphs.Append(attribute.G)).Select(NodeFault).FirstOrDefault(fault => fault is not null))
        .FirstOrDefault(fault => fault is not null);

    private static string? Twice(IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return names.FirstOrDefault(name => !seen.Add(name));
    }
}
