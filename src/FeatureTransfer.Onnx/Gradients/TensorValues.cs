using System.Runtime.InteropServices;
using Google.Protobuf;
using DataType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Gradients;

/// <summary>Writes and reads the values of constants.</summary>
internal static class TensorValues
{
    /// <summary>A constant of floating point numbers in the precision asked for.</summary>
    public static TensorProto Floats(DataType type, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) => Tensor(type, type switch
    {
        DataType.Double => MemoryMarshal.AsBytes<double>(Array.ConvertAll(values.ToArray(), value => (double)value)),
        DataType.Float16 => MemoryMarshal.AsBytes<Half>(Array.ConvertAll(values.ToArray(), value => (Half)value)),
        _ => MemoryMarshal.AsBytes(values),
    }, shape);

    /// <summary>A constant of whole numbers.</summary>
    public static TensorProto Ints(ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) => Tensor(DataType.Int64, MemoryMarshal.AsBytes(values), shape);

    /// <summary>A constant out of bytes.</summary>
    public static TensorProto Tensor(DataType type, ReadOnlySpan<byte> bytes, ReadOnlySpan<long> shape)
    {
        var tensor = new TensorProto { DataType = (int)type, RawData = ByteString.CopyFrom(bytes) };
        foreach (var size in shape)
            tensor.Dims.Add(size);
        return tensor;
    }

    /// <summary>An attribute that holds a tensor.</summary>
    public static AttributeProto Attribute(string name, TensorProto tensor) => new() { Name = name, T = tensor, Type = AttributeProto.Types.AttributeType.Tensor };

    /// <summary>The whole numbers of a constant, or null where it holds others.</summary>
    public static long[]? Ints(TensorProto tensor) => (DataType)tensor.DataType switch
    {
        DataType.Int64 => tensor.HasRawData ? MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray() : [.. tensor.Int64Data],
        DataType.Int32 => tensor.HasRawData
            ? Array.ConvertAll(MemoryMarshal.Cast<byte, int>(tensor.RawData.Span).ToArray(), value => (long)value)
            : [.. tensor.Int32Data.Select(value => (long)value)],
        _ => null,
    };

    /// <summary>The floating point numbers of a constant, or null where it holds others.</summary>
    public static float[]? Floats(TensorProto tensor) => (DataType)tensor.DataType switch
    {
        DataType.Float => tensor.HasRawData ? MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray() : [.. tensor.FloatData],
        DataType.Double => tensor.HasRawData
            ? Array.ConvertAll(MemoryMarshal.Cast<byte, double>(tensor.RawData.Span).ToArray(), value => (float)value)
            : [.. tensor.DoubleData.Select(value => (float)value)],
        _ => null,
    };

    /// <summary>Whether numbers of this type have gradients.</summary>
    public static bool IsFloating(DataType type) => type is DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16;

    /// <summary>The number of elements that the sizes make.</summary>
    public static long Count(IEnumerable<long> shape) => shape.Aggregate(1L, (product, size) => product * size);
}
