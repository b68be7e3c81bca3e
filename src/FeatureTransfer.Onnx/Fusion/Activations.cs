using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Onnx.Fusion;

/// <summary>Tells which nodes are activations that cut values off.</summary>
internal static class Activations
{
    /// <summary>The bounds of a node; null where it is no such activation or they are not constant.</summary>
    public static Bounds? BoundsOf(NodeProto node, IReadOnlyDictionary<string, TensorProto> constants) => Bounds.Of(node, name => Value(name, constants));

    private static float? Value(string name, IReadOnlyDictionary<string, TensorProto> constants) =>
        constants.TryGetValue(name, out var tensor) && tensor.DataType == (int)TensorProto.Types.DataType.Float && FloatTensors.Read(tensor) is [var value] ? value : null;
}
