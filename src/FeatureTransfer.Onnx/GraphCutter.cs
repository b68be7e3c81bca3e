namespace FeatureTransfer.Onnx;

/// <summary>Keeps the part of a graph that some of its tensors need.</summary>
public static class GraphCutter
{
    /// <summary>Makes the tensors the outputs and drops every node, initializer and input that none of them needs.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    /// <param name="tensors">The tensors to keep, by name.</param>
    /// <returns>A smaller model with these outputs, in the order given.</returns>
    /// <exception cref="FeatureTransferException">The model has no such tensor; the message names the nearest ones.</exception>
    public static OnnxModel Cut(OnnxModel model, IReadOnlyList<string> tensors)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tensors);
        var producers = Producers(model.Proto.Graph);
        foreach (var tensor in tensors)
            Check(model, producers, tensor);

        var needed = Needed(model.Proto.Graph, producers, tensors);
        var proto = GraphCopy.With(model.Proto, Part(model.Proto.Graph, needed.Nodes, needed.Tensors));

        // It speaks of the whole model, and may name the classes that somebody trained it on.
        proto.MetadataProps.Clear();
        foreach (var tensor in tensors.Distinct(StringComparer.Ordinal))
            proto.Graph.Output.Add(OutputInfo(model.Proto.Graph, tensor));
        return new OnnxModel(proto, model.Name);
    }

    private static Dictionary<string, NodeProto> Producers(GraphProto graph)
    {
        var producers = new Dictionary<string, NodeProto>(StringComparer.Ordinal);
        foreach (var node in graph.Node)
        {
            foreach (var output in node.Output)
                producers[output] = node;
        }

        return producers;
    }

    private static void Check(OnnxModel model, Dictionary<string, NodeProto> producers, string tensor)
    {
        if (producers.ContainsKey(tensor))
            return;
        var near = NearestName.Find(tensor, producers.Keys);
        var hint = near.Count > 0 ? $"The nearest names are {string.Join(", ", near.Select(name => $"'{name}'"))}." : "";
        throw new FeatureTransferException($"{model.Name}: there is no layer '{tensor}' among its {producers.Count} tensors. {hint} 'ft models inspect' lists them all.");
    }

    private static (HashSet<NodeProto> Nodes, HashSet<string> Tensors) Needed(GraphProto graph, Dictionary<string, NodeProto> producers, IEnumerable<string> tensors)
    {
        var nodes = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(tensors);
        while (open.TryPop(out var tensor))
        {
            if (!seen.Add(tensor) || !producers.TryGetValue(tensor, out var node) || !nodes.Add(node))
                continue;
            foreach (var input in Reads(node))
                open.Push(input);
        }

        return (nodes, seen);
    }

    // A node with a graph inside (If, Loop) may read any tensor of the graph around it.
    internal static IEnumerable<string> Reads(NodeProto node) => node.Input.Concat(
        node.Attribute
            .SelectMany(attribute => attribute.G is null ? attribute.Graphs : attribute.Graphs.Append(attribute.G))
            .SelectMany(graph => graph.Node.SelectMany(Reads)));

    private static GraphProto Part(GraphProto graph, HashSet<NodeProto> nodes, HashSet<string> tensors)
    {
        var part = new GraphProto { Name = graph.Name };
        part.Node.AddRange(graph.Node.Where(nodes.Contains));
        part.Initializer.AddRange(graph.Initializer.Where(tensor => tensors.Contains(tensor.Name)));
        part.Input.AddRange(graph.Input.Where(input => tensors.Contains(input.Name)));
        part.ValueInfo.AddRange(graph.ValueInfo.Where(value => tensors.Contains(value.Name)));
        return part;
    }

    // Without a type ONNX Runtime infers it: inner tensors may hold anything.
    private static ValueInfoProto OutputInfo(GraphProto graph, string tensor) =>
        graph.Output.Concat(graph.ValueInfo).FirstOrDefault(value => value.Name == tensor)
        ?? new ValueInfoProto { Name = tensor };
}
