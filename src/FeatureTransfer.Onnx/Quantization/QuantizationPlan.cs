namespace FeatureTransfer.Onnx.Quantization;

/// <summary>Which nodes of a graph are computed in integers, and which tensors have to be quantized for that.</summary>
internal sealed class QuantizationPlan
{
    // Computed in integers where all that they read is quantized.
    private static readonly HashSet<string> _joins = new(StringComparer.Ordinal) { "Add", "Mul", "Concat", "AveragePool", "GlobalAveragePool" };

    // Leave values as they are, so their outputs have the range of their input.
    private static readonly HashSet<string> _moves = new(StringComparer.Ordinal) { "MaxPool", "Flatten", "Reshape", "Transpose", "Squeeze", "Unsqueeze", "SpaceToDepth" };

    private readonly Dictionary<string, TensorProto> _constants;
    private readonly Dictionary<string, string> _rearranged;
    private readonly ILookup<string, NodeProto> _users;
    private readonly HashSet<string> _outputs;
    private readonly HashSet<string> _calibrated = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _rangeOf = new(StringComparer.Ordinal);

    /// <summary>Plans a graph.</summary>
    public QuantizationPlan(GraphProto graph, StaticQuantizationOptions options)
    {
        _rearranged = graph.Node.Where(node => node.OpType == "SpaceToDepth").ToDictionary(node => node.Output[0], node => node.Input[0], StringComparer.Ordinal);
        _constants = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        _users = graph.Node.SelectMany(node => node.Input.Distinct(), (node, input) => (node, input)).ToLookup(use => use.input, use => use.node, StringComparer.Ordinal);
        _outputs = graph.Output.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var products = graph.Node.Select(node => ProductNode.Of(node, _constants)).OfType<ProductNode>().ToList();
        Products = products.Skip(options.KeepFirst ? 1 : 0).SkipLast(options.KeepLast ? 1 : 0).ToDictionary(product => product.Node, (IEqualityComparer<NodeProto>)ReferenceEqualityComparer.Instance);
        foreach (var product in products.Where(product => Products.ContainsKey(product.Node)))
        {
            Calibrate(Source(product.Node.Input[0]));
            if (product.Node.OpType == "Conv")
                Calibrate(Settled(product.Node));
        }

        foreach (var node in graph.Node)
            Follow(node);
    }

    /// <summary>The convolutions and matrix products that are computed in integers.</summary>
    public Dictionary<NodeProto, ProductNode> Products { get; }

    /// <summary>The tensors whose ranges have to be measured.</summary>
    public IReadOnlyCollection<string> Calibrated => _calibrated;

    /// <summary>The tensor whose range a quantized tensor has; null where it is not quantized.</summary>
    public string? RangeOf(string tensor) => _rangeOf.GetValueOrDefault(tensor);

    private void Calibrate(string tensor)
    {
        if (_rangeOf.TryAdd(tensor, tensor))
            _calibrated.Add(tensor);
    }

    // Bytes are rearranged sooner than floats.
    private string Source(string tensor)
    {
        while (_rearranged.TryGetValue(tensor, out var source))
            tensor = source;
        return tensor;
    }

    private void Follow(NodeProto node)
    {
        if (_joins.Contains(node.OpType) && node.Input.All(_rangeOf.ContainsKey))
            Calibrate(Settled(node));
        else if (_moves.Contains(node.OpType) && node.Output.Count == 1 && RangeOf(node.Input[0]) is { } source)
        {
            _calibrated.Remove(node.Output[0]);
            _rangeOf[node.Output[0]] = source;
        }
    }

    // ONNX Runtime leaves out a Relu or Clip whose bounds the range of the integers already keeps.
    private string Settled(NodeProto node)
    {
        var output = node.Output[0];
        return !_outputs.Contains(output) && _users[output].ToList() is [{ OpType: "Relu" or "Clip" } only] ? only.Output[0] : output;
    }
}
