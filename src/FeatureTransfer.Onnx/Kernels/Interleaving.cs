using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FeatureTransfer.Onnx.Kernels;

/// <summary>
/// Takes every second element apart and puts such elements together, as halves of numbers twice as wide. The last vector overlaps the one
/// before, so that short rows are done by vectors too.
/// </summary>
internal static class Interleaving
{
    /// <summary>to[i] = values[2 i].</summary>
    /// <returns>How many elements were written; the caller does the rest.</returns>
    [MethodImpl(Compiled.AtOnce)]
    public static int EverySecond(ReadOnlySpan<float> values, Span<float> to)
    {
        var pairs = MemoryMarshal.Cast<float, ulong>(values);
        var target = MemoryMarshal.Cast<float, uint>(to);
        var count = Math.Min(pairs.Length, target.Length);
        if (count < Vector128<uint>.Count)
            return 0;
        ref var source = ref MemoryMarshal.GetReference(pairs);
        ref var result = ref MemoryMarshal.GetReference(target);
        var wide = count >= Vector256<uint>.Count;
        var step = wide ? Vector256<uint>.Count : Vector128<uint>.Count;
        for (var i = 0; i < count; i += step)
        {
            var place = (nuint)Math.Min(i, count - step);
            if (wide)
                Vector256.Narrow(Vector256.LoadUnsafe(ref source, place), Vector256.LoadUnsafe(ref source, place + 4)).StoreUnsafe(ref result, place);
            else
                Vector128.Narrow(Vector128.LoadUnsafe(ref source, place), Vector128.LoadUnsafe(ref source, place + 2)).StoreUnsafe(ref result, place);
        }

        return count;
    }

    /// <summary>to[2 i] = even[i], to[2 i + 1] = odd[i].</summary>
    /// <returns>How many elements were written; the caller does the rest.</returns>
    [MethodImpl(Compiled.AtOnce)]
    public static int Merge(ReadOnlySpan<float> even, ReadOnlySpan<float> odd, Span<float> to)
    {
        var target = MemoryMarshal.Cast<float, ulong>(to);
        var count = Math.Min(Math.Min(even.Length, odd.Length), target.Length);
        var step = Vector128<uint>.Count;
        if (count < step)
            return 0;
        ref var first = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<float, uint>(even));
        ref var second = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<float, uint>(odd));
        ref var result = ref MemoryMarshal.GetReference(target);
        for (var i = 0; i < count; i += step)
        {
            var place = (nuint)Math.Min(i, count - step);
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref first, place));
            var (lowOdd, highOdd) = Vector128.Widen(Vector128.LoadUnsafe(ref second, place));
            (low | (lowOdd << 32)).StoreUnsafe(ref result, place);
            (high | (highOdd << 32)).StoreUnsafe(ref result, place + 2);
        }

        return 2 * count;
    }
}
