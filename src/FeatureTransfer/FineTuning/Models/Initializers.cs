using System.Runtime.InteropServices;
using FeatureTransfer.Onnx.Proto;
using Google.Protobuf;

namespace FeatureTransfer.FineTuning;

/// <summary>Reads and writes the values of initializers.</summary>
internal static class Initializers
{
    /// <summary>The values of an initializer of floats.</summary>
    public static ReadOnlySpan<float> Values(TensorProto tensor) => tensor.HasRawData ? MemoryMarshal.Cast<byte, float>(tensor.RawData.Span) : tensor.FloatData.ToArray();

    /// <summary>A copy of the values of an initializer of floats.</summary>
    public static float[] Floats(TensorProto tensor) => LargeArray.Copy(Values(tensor));

    /// <summary>Puts other values into an initializer of floats; its name stays.</summary>
    public static void Set(TensorProto tensor, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        tensor.FloatData.Clear();
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(LargeArray.Copy(MemoryMarshal.AsBytes(values)));
        if (shape.IsEmpty)
            return;
        tensor.Dims.Clear();
        foreach (var size in shape)
            tensor.Dims.Add(size);
    }

    /// <summary>The initializers by name.</summary>
    public static Dictionary<string, TensorProto> ByName(GraphProto graph) => graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
}
