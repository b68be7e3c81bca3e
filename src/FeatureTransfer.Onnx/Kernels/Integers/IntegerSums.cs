using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FeatureTransfer.Onnx.Kernels.Integers;

/// <summary>Sums of thirty-two channels of a pixel, in two halves.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly unsafe struct IntegerSums(Vector512<int> low, Vector512<int> high)
{
    private readonly Vector512<int> _low = low;
    private readonly Vector512<int> _high = high;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IntegerSums Load(int* from) => new(Vector512.Load(from), Vector512.Load(from + Vector512<int>.Count));

    /// <summary>These and the products of a column of pixels and weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public IntegerSums Plus(IntegerColumn pixels, IntegerColumn weights) => new(
        _low + (Avx512BW.MultiplyAddAdjacent(pixels.UpperLow, weights.UpperLow) + Avx512BW.MultiplyAddAdjacent(pixels.LowerLow, weights.LowerLow)),
        _high + (Avx512BW.MultiplyAddAdjacent(pixels.UpperHigh, weights.UpperHigh) + Avx512BW.MultiplyAddAdjacent(pixels.LowerHigh, weights.LowerHigh)));

    /// <summary>As bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(IntegerScaling scaling, byte* to)
    {
        var words = Avx512BW.PackSignedSaturate(scaling.Of(_low, scaling.Low), scaling.Of(_high, scaling.High));
        words = Vector512.Max(Avx512BW.AddSaturate(words, scaling.Zero), Vector512<short>.Zero);
        Avx512BW.ConvertToVector256ByteWithSaturation(words.AsUInt16()).Store(to);
    }
}
