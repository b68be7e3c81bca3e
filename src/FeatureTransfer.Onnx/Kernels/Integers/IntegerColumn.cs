using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FeatureTransfer.Onnx.Kernels.Integers;

/// <summary>A column of three pixels of thirty-two channels, or of weights, as pairs of 16-bit integers: the upper two, and the lowest beside a zero.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly unsafe struct IntegerColumn(Vector512<short> upperLow, Vector512<short> upperHigh, Vector512<short> lowerLow, Vector512<short> lowerHigh)
{
    public readonly Vector512<short> UpperLow = upperLow;
    public readonly Vector512<short> UpperHigh = upperHigh;
    public readonly Vector512<short> LowerLow = lowerLow;
    public readonly Vector512<short> LowerHigh = lowerHigh;

    /// <summary>From packed weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IntegerColumn Load(short* weights) => new(
        Vector512.Load(weights), Vector512.Load(weights + Vector512<short>.Count), Vector512.Load(weights + (2 * Vector512<short>.Count)), Vector512.Load(weights + (3 * Vector512<short>.Count)));

    /// <summary>From three pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IntegerColumn Load(byte* upper, byte* middle, byte* lower)
    {
        var first = Avx512BW.ConvertToVector512Int16(Vector256.Load(upper));
        var second = Avx512BW.ConvertToVector512Int16(Vector256.Load(middle));
        var third = Avx512BW.ConvertToVector512Int16(Vector256.Load(lower));
        return new(
            Avx512BW.UnpackLow(first, second), Avx512BW.UnpackHigh(first, second), Avx512BW.UnpackLow(third, Vector512<short>.Zero), Avx512BW.UnpackHigh(third, Vector512<short>.Zero));
    }
}
