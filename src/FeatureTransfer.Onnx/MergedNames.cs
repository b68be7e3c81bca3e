using Google.Protobuf.Collections;

namespace FeatureTransfer.Onnx;

/// <summary>Names for the tensors of a graph that none in another graph has.</summary>
internal sealed class MergedNames
{
    private readonly GraphProto _graph;
    private readonly string _prefix;
    private readonly GraphBuilder _other;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>Starts renaming.</summary>
    /// <param name="other">The graph that keeps its names.</param>
    /// <param name="graph">The graph that gets new ones.</param>
    /// <param name="prefix">What stands before the new ones.</param>
    public MergedNames(GraphBuilder other, GraphProto graph, string prefix) => (_other, _graph, _prefix) = (other, graph, prefix);

    /// <summary>The new name of a tensor; empty stands for none.</summary>
    public string this[string tensor]
    {
        get
        {
            if (tensor.Length == 0)
                return tensor;
            if (!_names.TryGetValue(tensor, out var name))
                _names.Add(tensor, name = _other.Unused(_prefix + tensor));
            return name;
        }
    }

    /// <summary>Lets a tensor be one of the other graph's.</summary>
    public void Join(string tensor, string other) => _names.Add(tensor, other);

    /// <summary>Calls a tensor by a name, if the other graph has it not.</summary>
    public void Call(string tensor, string name) => _names.TryAdd(tensor, _other.Unused(name));

    /// <summary>Renames all of the graph.</summary>
    public void Apply() => Apply(_graph);

    private void Apply(GraphProto graph)
    {
        foreach (var tensor in graph.Initializer)
            tensor.Name = this[tensor.Name];
        foreach (var value in graph.Input.Concat(graph.Output))
            value.Name = this[value.Name];
        graph.ValueInfo.Clear();
        foreach (var node in graph.Node)
        {
            node.Name = node.Name.Length > 0 ? _prefix + node.Name : "";
            Rename(node.Input);
            Rename(node.Output);
            foreach (var inner in node.Attribute.SelectMany(attribute => attribute.G is null ? attribute.Graphs : attribute.Graphs.Append(attribute.G)))
                Apply(inner);
        }
    }

    private void Rename(RepeatedField<string> names)
    {
        for (var i = 0; i < names.Count; i++)
            names[i] = this[names[i]];
    }
}
