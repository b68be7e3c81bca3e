using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FeatureTransfer.Onnx.Kernels.Integers;

/// <summary>How sums of thirty-two channels become bytes: times a scale, rounded to the nearest whole number, ties to even, and from the byte that stands for zero.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly unsafe struct IntegerScaling(float* scales, byte zero)
{
    /// <summary>Scaled sums stay below this, so that they are whole numbers of 32 bits.</summary>
    public const float Bound = 1 << 30;

    public readonly Vector512<float> Low = Vector512.Load(scales);
    public readonly Vector512<float> High = Vector512.Load(scales + Vector512<float>.Count);
    public readonly Vector512<short> Zero = Vector512.Create((short)zero);

    /// <summary>Whole numbers out of one half of the sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> Of(Vector512<int> sums, Vector512<float> scale) =>
        Avx512F.ConvertToVector512Int32(Avx512F.ConvertToVector512Single(sums) * scale);
}
