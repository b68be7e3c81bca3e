using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Extraction.Sessions;

/// <summary>
/// The memory of a batch, which decoders write and ONNX Runtime reads, and where it writes what we read: nothing is copied between.
/// The arrays are pinned, and start where a cache line does.
/// </summary>
internal sealed class TensorBatch(int capacity, RowShapes shapes)
{
    private const int Line = 64 / sizeof(float);
    private readonly Memory<float> _input = Allocate(capacity * shapes.RowLength);
    private readonly Memory<float> _output = Allocate(capacity * shapes.Length);

    public int Capacity => capacity;

    /// <summary>The tensor of a row.</summary>
    public Span<float> Input(int row) => _input.Span.Slice(row * shapes.RowLength, shapes.RowLength);

    /// <summary>The features of a row.</summary>
    public Span<float> Output(int row) => _output.Span.Slice(row * shapes.Length, shapes.Length);

    /// <summary>Rows as ONNX Runtime's input; the caller disposes of it.</summary>
    public OrtValue InputValue(int first, int rows) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _input.Slice(first * shapes.RowLength, rows * shapes.RowLength), [rows, .. shapes.Row]);

    /// <summary>Rows as ONNX Runtime's output; the caller disposes of it.</summary>
    public OrtValue OutputValue(int first, int rows) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _output.Slice(first * shapes.Length, rows * shapes.Length), [rows, .. shapes.Features]);

    private static Memory<float> Allocate(int length)
    {
        var array = GC.AllocateArray<float>(length + Line, pinned: true);
        var into = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) / sizeof(float) % Line);
        return array.AsMemory((Line - into) % Line, length);
    }
}

/// <summary>The shapes of one row: of the tensor that goes in, and of the features that come out.</summary>
internal sealed record RowShapes(long[] Row, long[] Features)
{
    public int RowLength { get; } = Product(Row);

    public int Length { get; } = Product(Features);

    private static int Product(long[] shape) => (int)shape.Aggregate(1L, (product, size) => checked(product * size));
}
