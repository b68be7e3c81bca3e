namespace FeatureTransfer.Onnx.Quantization;

/// <summary>Which nodes of a graph are computed in integers, and which tensors have to be quantized for that.</summary>
internal sealed class QuantizationPlan
{
    // Computed in integers where all that they read is quantized.
    private static readonly HashSet<string> _joins = new(StringComparer.Ordinal) { "Add", "Mul", "Concat", "AveragePool", "GlobalAveragePool" };

    // Leave values as they are, so their outputs have the range of their input.
    private static readonly HashSet<string> _moves = new(StringComparer.Ordinal) { "MaxPool", "Flatten", "Reshape", "Transpose", "Squeeze", "Unsqueeze" };

    private readonly Dictionary<string, TensorProto> _constants;
    private readonly ILookup<string, NodeProto> _users;
    private readonly HashSet<string> _outputs;
    private readonly HashSet<string> _calibrated = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _rangeOf = new(StringComparer.Ordinal);

    /// <summary>Plans a graph.</summary>
    public QuantizationPlan(GraphProto graph, StaticQuantizationOptions options)
    {
        _constants = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        _users = graph.Node.SelectMany(node => node.Input.Distinct(), (node, input) => (node, input)).ToLookup(use => use.input, use => use.node, StringComparer.Ordinal);
        _outputs = graph.Output.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var products = graph.Node.Select(Product).OfType<ProductNode>().ToList();
        Products = products.Skip(options.KeepFirst ? 1 : 0).SkipLast(options.KeepLast ? 1 : 0).ToDictionary(product => product.Node, (IEqualityComparer<NodeProto>)ReferenceEqualityComparer.Instance);
        foreach (var product in products.Where(product => Products.ContainsKey(product.Node)))
        {
            Calibrate(product.Node.Input[0]);
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

    private ProductNode? Product(NodeProto node)
    {
        if (node.Input.Count < 2 || !_constants.TryGetValue(node.Input[1], out var weight) || !IsFloat(weight) || _constants.ContainsKey(node.Input[0]))
            return null;
        var axis = node.OpType switch
        {
            "Conv" => 0,
            "MatMul" when weight.Dims.Count == 2 => 1,
            "Gemm" when node.Int("transA", 0) == 0 && node.Float("alpha", 1) == 1 && node.Float("beta", 1) == 1 => node.Int("transB", 0) == 0 ? 1 : 0,
            _ => -1,
        };
        if (axis < 0)
            return null;
        if (node.InputOrEmpty(2) is not { Length: > 0 } name)
            return new ProductNode(node, node.Input[0], weight, axis, null);
        return _constants.TryGetValue(name, out var bias) && IsFloat(bias) && bias.Dims is [var length] && length == weight.Dims[axis]
            ? new ProductNode(node, node.Input[0], weight, axis, bias)
            : null;
    }

    private static bool IsFloat(TensorProto tensor) => tensor.DataType == (int)TensorProto.Types.DataType.Float;
}

/// <summary>A convolution or a matrix product with weights of its own.</summary>
/// <param name="Node">The node.</param>
/// <param name="Input">The tensor that it multiplies.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="Axis">The weight's axis of output channels.</param>
/// <param name="Bias">Its bias; null is none.</param>
internal sealed record ProductNode(NodeProto Node, string Input, TensorProto Weight, int Axis, TensorProto? Bias);
