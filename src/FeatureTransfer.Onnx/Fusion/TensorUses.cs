namespace FeatureTransfer.Onnx.Fusion;

/// <summary>Who computes each tensor of a graph, and who reads it.</summary>
internal sealed class TensorUses
{
    private readonly Dictionary<string, NodeProto> _makers = new(StringComparer.Ordinal);
    private readonly ILookup<string, NodeProto> _readers;
    private readonly HashSet<string> _outputs;

    public TensorUses(GraphProto graph)
    {
        foreach (var node in graph.Node)
        {
            foreach (var output in node.Output)
                _makers[output] = node;
        }

        _readers = graph.Node.SelectMany(node => GraphCutter.Reads(node).Select(name => (Name: name, Node: node))).ToLookup(read => read.Name, read => read.Node, StringComparer.Ordinal);
        _outputs = graph.Output.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The node that computes a tensor; null where none does.</summary>
    public NodeProto? Maker(string tensor) => _makers.GetValueOrDefault(tensor);

    /// <summary>The one node that reads a tensor; null where there are several or the graph gives it out.</summary>
    public NodeProto? OnlyReader(string tensor) => !_outputs.Contains(tensor) && _readers[tensor].Take(2).ToList() is [var reader] ? reader : null;

    /// <summary>Whether others than these nodes read a tensor, or the graph gives it out.</summary>
    public bool IsReadBesides(string tensor, HashSet<NodeProto> nodes) => _outputs.Contains(tensor) || _readers[tensor].Any(node => !nodes.Contains(node));
}
