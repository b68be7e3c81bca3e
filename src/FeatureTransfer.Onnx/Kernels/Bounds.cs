namespace FeatureTransfer.Onnx.Kernels;

/// <summary>An activation that cuts values off: Relu, Clip, or none.</summary>
/// <param name="Low">The least value.</param>
/// <param name="High">The greatest value.</param>
internal readonly record struct Bounds(float Low, float High)
{
    /// <summary>No activation.</summary>
    public static Bounds None => new(float.NegativeInfinity, float.PositiveInfinity);

    /// <summary>The bounds of a node; null where it is no such activation, or where they are known only when the graph runs.</summary>
    /// <param name="node">The node.</param>
    /// <param name="number">The number that a constant of one element holds; null for other tensors.</param>
    public static Bounds? Of(NodeProto node, Func<string, float?> number)
    {
        float? Limit(int input, float missing) => node.InputOrEmpty(input) is { Length: > 0 } name ? number(name) : missing;
        return node.OpType switch
        {
            "Relu" => None with { Low = 0 },
            "Clip" when Limit(1, None.Low) is { } low && Limit(2, None.High) is { } high => new Bounds(low, high),
            _ => null,
        };
    }
}
