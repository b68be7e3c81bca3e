using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>An activation that cuts values off: Relu, Clip, or none.</summary>
/// <param name="Low">The least value.</param>
/// <param name="High">The greatest value.</param>
internal readonly record struct Bounds(float Low, float High)
{
    /// <summary>No activation.</summary>
    public static Bounds None => new(float.NegativeInfinity, float.PositiveInfinity);

    /// <summary>The bounds of a node; null where it is no such activation or they are not constant.</summary>
    public static Bounds? Of(NodeProto node, IReadOnlyDictionary<string, TensorProto> constants) => node.OpType switch
    {
        "Relu" => None with { Low = 0 },
        "Clip" when Value(node.InputOrEmpty(1), None.Low, constants) is { } low && Value(node.InputOrEmpty(2), None.High, constants) is { } high => new Bounds(low, high),
        _ => null,
    };

    private static float? Value(string name, float missing, IReadOnlyDictionary<string, TensorProto> constants)
    {
        if (name.Length == 0)
            return missing;
        return constants.TryGetValue(name, out var tensor) && tensor.DataType == (int)TensorProto.Types.DataType.Float ? FloatTensors.Read(tensor)[0] : null;
    }
}
