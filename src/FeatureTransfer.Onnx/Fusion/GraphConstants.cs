using System.Numerics;
using System.Runtime.InteropServices;
using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Onnx.Fusion;

/// <summary>The constants of a graph.</summary>
/// <param name="graph">The graph.</param>
internal sealed class GraphConstants(GraphProto graph)
{
    /// <summary>All of them by their names.</summary>
    public IReadOnlyDictionary<string, TensorProto> All { get; } = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);

    /// <summary>A constant; null where the name is none.</summary>
    public TensorProto? Of(string name) => All.GetValueOrDefault(name);

    /// <summary>Floats; null where a name is no constant of floats.</summary>
    public float[]? Floats(string name) => Of(name) is { DataType: (int)TensorProto.Types.DataType.Float } tensor ? FloatTensors.Read(tensor) : null;

    /// <summary>The one float of a constant; null where there are more, or none.</summary>
    public float? Float(string name) => Floats(name) is [var value] ? value : null;

    /// <summary>The one byte of a constant; null where there are more, or none.</summary>
    public byte? Byte(string name) => Of(name) is { DataType: (int)TensorProto.Types.DataType.Uint8 } tensor && Read<byte>(tensor) is [var value] ? value : null;

    /// <summary>Signed bytes; null where a name is no constant of these.</summary>
    public sbyte[]? Signed(string name) => Of(name) is { DataType: (int)TensorProto.Types.DataType.Int8 } tensor ? Read<sbyte>(tensor) : null;

    /// <summary>32-bit integers; null where a name is no constant of these.</summary>
    public int[]? Ints(string name) => Of(name) is { DataType: (int)TensorProto.Types.DataType.Int32 } tensor ? Read<int>(tensor) : null;

    /// <summary>64-bit integers; null where a name is no constant of these.</summary>
    public long[]? Longs(string name) => Of(name) switch
    {
        { DataType: (int)TensorProto.Types.DataType.Int64, HasRawData: false } tensor => [.. tensor.Int64Data],
        { DataType: (int)TensorProto.Types.DataType.Int64 } tensor => Read<long>(tensor),
        _ => null,
    };

    private static T[] Read<T>(TensorProto tensor)
        where T : unmanaged, INumberBase<T> => tensor.HasRawData ? MemoryMarshal.Cast<byte, T>(tensor.RawData.Span).ToArray() : [.. tensor.Int32Data.Select(T.CreateTruncating)];
}
