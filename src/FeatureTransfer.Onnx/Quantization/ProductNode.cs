namespace FeatureTransfer.Onnx.Quantization;

/// <summary>A convolution or a matrix product with weights of its own.</summary>
/// <param name="Node">The node.</param>
/// <param name="Input">The tensor that it multiplies.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="Axis">The weight's axis of output channels.</param>
/// <param name="Bias">Its bias; null is none.</param>
internal sealed record ProductNode(NodeProto Node, string Input, TensorProto Weight, int Axis, TensorProto? Bias)
{
    /// <summary>The product that a node is; null where it is none, or none that can be computed in integers.</summary>
    /// <param name="node">The node.</param>
    /// <param name="constants">The constants of its graph by their names.</param>
    public static ProductNode? Of(NodeProto node, IReadOnlyDictionary<string, TensorProto> constants)
    {
        if (node.Input.Count < 2 || !constants.TryGetValue(node.Input[1], out var weight) || !IsFloat(weight) || constants.ContainsKey(node.Input[0]))
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
        return constants.TryGetValue(name, out var bias) && IsFloat(bias) && bias.Dims is [var length] && length == weight.Dims[axis]
            ? new ProductNode(node, node.Input[0], weight, axis, bias)
            : null;
    }

    private static bool IsFloat(TensorProto tensor) => tensor.DataType == (int)TensorProto.Types.DataType.Float;
}
