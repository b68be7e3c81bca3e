using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FeatureTransfer.Onnx.Kernels;

/// <summary>
/// Takes elements that follow each other by turns apart and puts such elements together. The last vector overlaps the one before, so that short rows are
/// done by vectors too.
/// </summary>
internal static class Interleaving
{
    /// <summary>even[i] = values[2 i], odd[i] = values[2 i + 1].</summary>
    /// <returns>How many elements of either were written; the caller does the rest.</returns>
    [MethodImpl(Compiled.AtOnce)]
    public static int Split(ReadOnlySpan<float> values, Span<float> even, Span<float> odd)
    {
        var count = Math.Min(values.Length / 2, Math.Min(even.Length, odd.Length));
        ref var source = ref MemoryMarshal.GetReference(values);
        ref var first = ref MemoryMarshal.GetReference(even);
        ref var second = ref MemoryMarshal.GetReference(odd);
        if (Avx512F.IsSupported && count >= Vector512<float>.Count)
            SplitSixteen(ref source, ref first, ref second, count);
        else if (count >= Vector128<float>.Count)
            SplitFour(ref source, ref first, ref second, count);
        else
            return 0;
        return count;
    }

    /// <summary>to[2 i] = even[i], to[2 i + 1] = odd[i].</summary>
    /// <returns>How many elements were written; the caller does the rest.</returns>
    [MethodImpl(Compiled.AtOnce)]
    public static int Merge(ReadOnlySpan<float> even, ReadOnlySpan<float> odd, Span<float> to)
    {
        var count = Math.Min(to.Length / 2, Math.Min(even.Length, odd.Length));
        ref var first = ref MemoryMarshal.GetReference(even);
        ref var second = ref MemoryMarshal.GetReference(odd);
        ref var target = ref MemoryMarshal.GetReference(to);
        if (Avx512F.IsSupported && count >= Vector512<float>.Count)
            MergeSixteen(ref first, ref second, ref target, count);
        else if (count >= Vector128<float>.Count)
            MergeFour(ref first, ref second, ref target, count);
        else
            return 0;
        return 2 * count;
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void SplitSixteen(ref float values, ref float even, ref float odd, int count)
    {
        var evens = Vector512<int>.Indices * 2;
        var odds = evens + Vector512<int>.One;
        for (var i = 0; i < count; i += Vector512<float>.Count)
        {
            var place = (nuint)Math.Min(i, count - Vector512<float>.Count);
            var (left, right) = (Vector512.LoadUnsafe(ref values, 2 * place), Vector512.LoadUnsafe(ref values, (2 * place) + (nuint)Vector512<float>.Count));
            Avx512F.PermuteVar16x32x2(left, evens, right).StoreUnsafe(ref even, place);
            Avx512F.PermuteVar16x32x2(left, odds, right).StoreUnsafe(ref odd, place);
        }
    }

    // Pairs are taken as numbers twice as wide.
    [MethodImpl(Compiled.AtOnce)]
    private static void SplitFour(ref float values, ref float even, ref float odd, int count)
    {
        ref var pairs = ref Unsafe.As<float, ulong>(ref values);
        for (var i = 0; i < count; i += Vector128<float>.Count)
        {
            var place = (nuint)Math.Min(i, count - Vector128<float>.Count);
            var (left, right) = (Vector128.LoadUnsafe(ref pairs, place), Vector128.LoadUnsafe(ref pairs, place + (nuint)Vector128<ulong>.Count));
            Vector128.Narrow(left, right).AsSingle().StoreUnsafe(ref even, place);
            Vector128.Narrow(left >> 32, right >> 32).AsSingle().StoreUnsafe(ref odd, place);
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void MergeSixteen(ref float even, ref float odd, ref float to, int count)
    {
        // An index from 16 on is one of the second vector.
        var lows = (Vector512<int>.Indices >> 1) + ((Vector512<int>.Indices & Vector512<int>.One) * Vector512<float>.Count);
        var highs = lows + Vector512.Create(Vector512<float>.Count / 2);
        for (var i = 0; i < count; i += Vector512<float>.Count)
        {
            var place = (nuint)Math.Min(i, count - Vector512<float>.Count);
            var (first, second) = (Vector512.LoadUnsafe(ref even, place), Vector512.LoadUnsafe(ref odd, place));
            Avx512F.PermuteVar16x32x2(first, lows, second).StoreUnsafe(ref to, 2 * place);
            Avx512F.PermuteVar16x32x2(first, highs, second).StoreUnsafe(ref to, (2 * place) + (nuint)Vector512<float>.Count);
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void MergeFour(ref float even, ref float odd, ref float to, int count)
    {
        ref var pairs = ref Unsafe.As<float, ulong>(ref to);
        for (var i = 0; i < count; i += Vector128<float>.Count)
        {
            var place = (nuint)Math.Min(i, count - Vector128<float>.Count);
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref even, place).AsUInt32());
            var (lowOdd, highOdd) = Vector128.Widen(Vector128.LoadUnsafe(ref odd, place).AsUInt32());
            (low | (lowOdd << 32)).StoreUnsafe(ref pairs, place);
            (high | (highOdd << 32)).StoreUnsafe(ref pairs, place + (nuint)Vector128<ulong>.Count);
        }
    }
}
