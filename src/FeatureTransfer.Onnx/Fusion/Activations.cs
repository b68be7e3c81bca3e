using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Onnx.Fusion;

/// <summary>Tells which nodes are activations that cut values off.</summary>
internal static class Activations
{
    /// <summary>The bounds of a node; null where it is no such activation or they are not constant.</summary>
    public static Bounds? BoundsOf(NodeProto node, IReadOnlyDictionary<string, TensorProto> constants) => node.OpType switch
    {
        "Relu" => Bounds.None with { Low = 0 },
        "Clip" when Value(node.InputOrEmpty(1), Bounds.None.Low, constants) is { } low && Value(node.InputOrEmpty(2), Bounds.None.High, constants) is { } high => new Bounds(low, high),
        _ => null,
    };

    private static float? Value(string name, float missing, IReadOnlyDictionary<string, TensorProto> constants)
    {
        if (name.Length == 0)
            return missing;
        return constants.TryGetValue(name, out var tensor) && tensor.DataType == (int)TensorProto.Types.DataType.Float && FloatTensors.Read(tensor) is [var value] ? value : null;
    }
}
