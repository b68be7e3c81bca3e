using Microsoft.ML.Data;
using static Onnx.TensorProto.Types;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Types of columns as element types of tensors.</summary>
internal static class OnnxElement
{
    /// <summary>The element type of a column, or null where ONNX has none.</summary>
    public static DataType? Of(DataViewType column) => column.ItemType() is { RawType: var type } ? Of(type) : null;

    public static DataType? Of(Type type) => type switch
    {
        _ when type == typeof(float) => DataType.Float,
        _ when type == typeof(double) => DataType.Double,
        _ when type == typeof(sbyte) => DataType.Int8,
        _ when type == typeof(byte) => DataType.Uint8,
        _ when type == typeof(short) => DataType.Int16,
        _ when type == typeof(ushort) => DataType.Uint16,
        _ when type == typeof(int) => DataType.Int32,
        _ when type == typeof(uint) => DataType.Uint32,
        _ when type == typeof(long) => DataType.Int64,
        _ when type == typeof(ulong) => DataType.Uint64,
        _ when type == typeof(bool) => DataType.Bool,
        _ when type == typeof(ReadOnlyMemory<char>) => DataType.String,
        _ => null,
    };
}
