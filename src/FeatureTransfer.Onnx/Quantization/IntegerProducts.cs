using FeatureTransfer.Onnx.Opsets;

namespace FeatureTransfer.Onnx.Quantization;

/// <summary>
/// Computes products in 8-bit integers: DynamicQuantizeLinear, then ConvInteger or MatMulInteger, then the scales of input and weight.
/// Only standard operators; every other node, and every tensor that can be tapped, keeps its name.
/// </summary>
internal sealed class IntegerProducts
{
    private const int OldestOpset = 11;
    private const int Smallest = 256;

    private readonly GraphProto _graph;
    private readonly GraphBuilder _builder;
    private readonly Dictionary<string, TensorProto> _weights;
    private readonly Dictionary<string, QuantizedInput> _inputs = new(StringComparer.Ordinal);
    private readonly string _zero;

    private IntegerProducts(GraphProto graph)
    {
        _graph = graph;
        _builder = new GraphBuilder(graph);
        _weights = graph.Initializer.Where(QuantizedWeight.Fits).ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        _zero = _builder.Constant("quantization/zero", [QuantizedWeight.Zero]);
    }

    /// <summary>A model whose products are computed in integers; inputs and outputs stay floats.</summary>
    /// <exception cref="FeatureTransferException">The model is too old, or has no product that could be quantized.</exception>
    public static OnnxModel Apply(OnnxModel model)
    {
        var proto = model.Proto.Clone();
        if (proto.Opset() < OldestOpset)
            OpsetUpgrade.Apply(new OnnxModel(proto, model.Name));
        var rewriter = new IntegerProducts(proto.Graph);
        if (rewriter.Rewrite() == 0)
            throw new FeatureTransferException($"{model.Name}: has no convolution or matrix product with weights of its own that could be computed in int8. Use fp16.");
        proto.Graph.ValueInfo.Clear();
        return new OnnxModel(proto, model.Name);
    }

    private int Rewrite()
    {
        var nodes = _graph.Node.ToList();
        _graph.Node.Clear();
        var rewritten = 0;
        foreach (var node in nodes)
        {
            if (node.OpType == "Conv" && IsPlain(node, "group") && Weight(node, 4) is { } kernel)
                Convolve(node, kernel);
            else if (node.OpType == "MatMul" && Weight(node, 2) is { } matrix)
                Multiply(node, matrix, transposed: false, bias: null);
            else if (node.OpType == "Gemm" && IsGemm(node) && Weight(node, 2) is { } dense)
                Multiply(node, dense, Flag(node, "transB"), node.Input.Count > 2 ? node.Input[2] : null);
            else
            {
                _graph.Node.Add(node);
                continue;
            }

            rewritten++;
        }

        DropUnusedWeights();
        return rewritten;
    }

    private void Convolve(NodeProto node, TensorProto kernel)
    {
        var channels = (int)kernel.Dims[0];
        var weight = QuantizedWeight.ByRow(FloatTensors.Read(kernel), channels);
        var output = node.Output[0];
        var input = Quantized(node.Input[0]);
        var bytes = _builder.Constant($"{output}/weight", weight.Values, [.. kernel.Dims]);
        long[] perChannel = [1, channels, .. Enumerable.Repeat(1L, kernel.Dims.Count - 2)];
        var whole = _builder.Node("ConvInteger", _builder.Unused($"{output}/integers"), [input.Values, bytes, input.Zero, _zero], [.. node.Attribute]);
        string? bias = null;
        if (node.Input.Count > 2 && node.Input[2].Length > 0)
            bias = _builder.Node("Reshape", _builder.Unused($"{output}/bias"), [node.Input[2], _builder.Constant($"{output}/bias_shape", perChannel, perChannel.Length)]);
        Scale(output, whole, input.Scale, _builder.Constant($"{output}/scales", weight.Scales, perChannel), bias);
    }

    private void Multiply(NodeProto node, TensorProto matrix, bool transposed, string? bias)
    {
        var (rows, columns) = transposed ? (matrix.Dims[1], matrix.Dims[0]) : (matrix.Dims[0], matrix.Dims[1]);
        var values = FloatTensors.Read(matrix);
        var weight = QuantizedWeight.ByColumn(transposed ? Transpose(values, (int)rows, (int)columns) : values, (int)columns);
        var output = node.Output[0];
        var input = Quantized(node.Input[0]);
        var bytes = _builder.Constant($"{output}/weight", weight.Values, rows, columns);
        var whole = _builder.Node("MatMulInteger", _builder.Unused($"{output}/integers"), [input.Values, bytes, input.Zero, _zero]);
        Scale(output, whole, input.Scale, _builder.Constant($"{output}/scales", weight.Scales, columns), bias);
    }

    // The order that ONNX Runtime knows to fuse: the product of the scales first.
    private void Scale(string output, string whole, string inputScale, string scales, string? bias)
    {
        var factor = _builder.Node("Mul", _builder.Unused($"{output}/factor"), [inputScale, scales]);
        var floats = _builder.Node("Cast", _builder.Unused($"{output}/floats"), [whole], GraphBuilder.Int("to", (long)TensorProto.Types.DataType.Float));
        var scaled = _builder.Node("Mul", bias is null ? output : _builder.Unused($"{output}/scaled"), [floats, factor]);
        if (bias is not null)
            _builder.Node("Add", output, [scaled, bias]);
    }

    // Several products may read one tensor: it is quantized once.
    private QuantizedInput Quantized(string tensor)
    {
        if (_inputs.TryGetValue(tensor, out var known))
            return known;
        var input = new QuantizedInput(_builder.Unused($"{tensor}/q"), _builder.Unused($"{tensor}/q_scale"), _builder.Unused($"{tensor}/q_zero"));
        var node = new NodeProto { OpType = "DynamicQuantizeLinear", Name = input.Values };
        node.Input.Add(tensor);
        node.Output.AddRange([input.Values, input.Scale, input.Zero]);
        _graph.Node.Add(node);
        _inputs[tensor] = input;
        return input;
    }

    private TensorProto? Weight(NodeProto node, int rank) =>
        _weights.TryGetValue(node.Input[1], out var tensor) && tensor.Dims.Count == rank && tensor.Dims.Aggregate(1L, (product, size) => product * size) >= Smallest
            ? tensor
            : null;

    private void DropUnusedWeights()
    {
        var used = _graph.Node.SelectMany(node => node.Input).Concat(_graph.Output.Select(output => output.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var tensor in _graph.Initializer.Where(tensor => !used.Contains(tensor.Name)).ToList())
        {
            _graph.Initializer.Remove(tensor);
            FloatTensors.RemoveInput(_graph, tensor.Name);
        }
    }

    private static bool IsGemm(NodeProto node) => !Flag(node, "transA") && IsOne(node, "alpha") && IsOne(node, "beta");

    private static bool IsOne(NodeProto node, string name) => node.Attribute.All(attribute => attribute.Name != name || attribute.F == 1);

    private static bool IsPlain(NodeProto node, string name) => node.Attribute.All(attribute => attribute.Name != name || attribute.I == 1);

    private static bool Flag(NodeProto node, string name) => node.Attribute.Any(attribute => attribute.Name == name && attribute.I != 0);

    private static float[] Transpose(float[] values, int rows, int columns)
    {
        var transposed = new float[values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                transposed[(row * columns) + column] = values[(column * rows) + row];
        }

        return transposed;
    }

    private sealed record QuantizedInput(string Values, string Scale, string Zero);
}
