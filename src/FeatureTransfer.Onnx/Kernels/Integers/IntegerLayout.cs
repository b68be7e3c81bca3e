using System.Runtime.Intrinsics.X86;

namespace FeatureTransfer.Onnx.Kernels.Integers;

/// <summary>
/// Images of bytes whose channels lie side by side: (batch, height, width, channels), as ONNX Runtime's integer convolutions have them. Channels are worked
/// off by thirty-two; the last ones of an image overlap those before where that does not come out even.
/// </summary>
internal static class IntegerLayout
{
    /// <summary>Channels that are computed at once.</summary>
    public const int Lanes = 32;

    // Sixteen sums fill a vector, and what is packed out of two halves comes by fours of each.
    private const int Half = Lanes / 2;
    private const int Run = 4;

    /// <summary>Whether this machine multiplies bytes as these operators and ONNX Runtime's integer convolutions beside them do.</summary>
    public static bool IsFast => Avx512BW.IsSupported && SumsProducts;

    /// <summary>
    /// Whether sums of products of unsigned and signed bytes are exact (AVX-512 VNNI, AVX-VNNI). Elsewhere they overflow, so ONNX Runtime is asked for
    /// unsigned weights; with these instructions that halves the speed.
    /// </summary>
    public static bool SumsProducts { get; } = X86Base.IsSupported && ((X86Base.CpuId(7, 0).Ecx & (1 << 11)) != 0 || (X86Base.CpuId(7, 1).Eax & (1 << 4)) != 0);

    /// <summary>How many groups hold so many channels.</summary>
    public static int Groups(int channels) => (channels + Lanes - 1) / Lanes;

    /// <summary>The first channel of a group.</summary>
    public static int First(int group, int channels) => Math.Min(group * Lanes, channels - Lanes);

    /// <summary>Which channel of a group has a place among its sums.</summary>
    public static int Channel(int place)
    {
        var (half, rest) = Math.DivRem(place, Half);
        var (quarter, within) = Math.DivRem(rest, Run);
        return (quarter * 2 * Run) + (half * Run) + within;
    }

    /// <summary>Values of channels in the order of sums, group by group.</summary>
    public static T[] Pack<T>(IReadOnlyList<T> values)
    {
        var packed = new T[Groups(values.Count) * Lanes];
        for (var i = 0; i < packed.Length; i++)
            packed[i] = values[First(i / Lanes, values.Count) + Channel(i % Lanes)];
        return packed;
    }
}
