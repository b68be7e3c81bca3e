using System.Runtime.CompilerServices;

namespace FeatureTransfer.Onnx.Kernels.Integers;

/// <summary>Three rows of bytes that windows go over.</summary>
/// <param name="upper">The first row.</param>
/// <param name="middle">The second.</param>
/// <param name="lower">The third.</param>
/// <param name="padding">A pixel of padding.</param>
/// <param name="columns">Pixels of a row.</param>
/// <param name="step">Bytes from pixel to pixel.</param>
internal readonly unsafe struct IntegerRows(byte* upper, byte* middle, byte* lower, byte* padding, int columns, int step)
{
    /// <summary>A column, which may lie in the padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public IntegerColumn Column(int column)
    {
        if ((uint)column >= (uint)columns)
            return IntegerColumn.Load(padding, padding, padding);
        var at = (nint)column * step;
        return IntegerColumn.Load(upper + at, middle + at, lower + at);
    }
}
