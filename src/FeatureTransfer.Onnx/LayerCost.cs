namespace FeatureTransfer.Onnx;

/// <summary>Counts the weights and the multiply-adds of one operator.</summary>
internal static class LayerCost
{
    /// <summary>How many values of the operator's operands do not come from the model's input.</summary>
    public static long Parameters(NodeProto node, IReadOnlyDictionary<string, long[]> shapes, IReadOnlySet<string> rows)
    {
        // The sizes that these take as operands are settings, not weights.
        if (node.OpType is "Reshape" or "Pad" or "Clip" or "Slice" or "Gather" or "Resize" or "Upsample" or "Expand" or "Tile" or "Pow" or "Squeeze" or "Unsqueeze")
            return 0;
        return node.Input.Where(input => !rows.Contains(input)).Sum(input => shapes.TryGetValue(input, out var shape) ? Size(shape) : 0);
    }

    /// <summary>Multiplications with an addition, 0 for operators that are neither convolutions nor matrix products.</summary>
    public static long MultiplyAdds(NodeProto node, IReadOnlyDictionary<string, long[]> shapes)
    {
        if (node.Input.Count < 2 || !shapes.TryGetValue(node.Input[0], out var left) || !shapes.TryGetValue(node.Input[1], out var right) || left.Length == 0 || right.Length == 0)
            return 0;
        var output = Size(shapes.GetValueOrDefault(node.Output[0], []));
        return node.OpType switch
        {
            "Conv" => output * (Size(right) / Math.Max(1, right[0])),
            "ConvTranspose" => Size(left) * (Size(right) / Math.Max(1, right[0])),
            "MatMul" => output * left[^1],
            "Gemm" => output * left[TransposesLeft(node) ? 0 : ^1],
            _ => 0,
        };
    }

    private static bool TransposesLeft(NodeProto node) => node.Attribute.Any(attribute => attribute.Name == "transA" && attribute.I != 0);

    private static long Size(long[] shape) => shape.Aggregate(1L, (product, size) => product * Math.Max(size, 0));
}
