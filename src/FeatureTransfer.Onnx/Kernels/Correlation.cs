using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FeatureTransfer.Onnx.Kernels;

/// <summary>Weighted sums of shifted rows: the arithmetic of a convolution over one channel.</summary>
internal static class Correlation
{
    // So many vectors are summed at once: enough to keep both multipliers busy, few enough for the registers.
    private const int Block = 4;

    // So many taps of a gradient are summed at once, in two vectors each.
    private const int Together = 3;

    /// <summary>result[i] = bias + sum over taps of weights[tap] * values[offsets[tap] + i], within bounds, for i below <paramref name="count"/>.</summary>
    /// <remarks>Up to <see cref="PlaneGeometry.Slack"/> elements more are read of the values and written to the result.</remarks>
    [MethodImpl(Compiled.AtOnce)]
    public static void Sum(ReadOnlySpan<float> values, ReadOnlySpan<int> offsets, ReadOnlySpan<float> weights, float bias, Bounds bounds, Span<float> result, int count)
    {
        var (start, low, high) = (new Vector<float>(bias), new Vector<float>(bounds.Low), new Vector<float>(bounds.High));
        ref var from = ref MemoryMarshal.GetReference(values);
        ref var to = ref MemoryMarshal.GetReference(result);
        for (var i = 0; i < count; i += Block * Vector<float>.Count)
        {
            var (a, b, c, d) = (start, start, start, start);
            for (var tap = 0; tap < offsets.Length; tap++)
            {
                var weight = new Vector<float>(weights[tap]);
                var place = (nuint)(i + offsets[tap]);
                a = Vector.FusedMultiplyAdd(weight, Vector.LoadUnsafe(ref from, place), a);
                b = Vector.FusedMultiplyAdd(weight, Vector.LoadUnsafe(ref from, place + (nuint)Vector<float>.Count), b);
                c = Vector.FusedMultiplyAdd(weight, Vector.LoadUnsafe(ref from, place + (nuint)(2 * Vector<float>.Count)), c);
                d = Vector.FusedMultiplyAdd(weight, Vector.LoadUnsafe(ref from, place + (nuint)(3 * Vector<float>.Count)), d);
            }

            Within(a, low, high).StoreUnsafe(ref to, (nuint)i);
            Within(b, low, high).StoreUnsafe(ref to, (nuint)(i + Vector<float>.Count));
            Within(c, low, high).StoreUnsafe(ref to, (nuint)(i + (2 * Vector<float>.Count)));
            Within(d, low, high).StoreUnsafe(ref to, (nuint)(i + (3 * Vector<float>.Count)));
        }
    }

    // Of two of which one is not a number the processor takes the second: it stays none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Within(Vector<float> values, Vector<float> low, Vector<float> high) => Vector.MinNative(high, Vector.MaxNative(low, values));

    /// <summary>sums[tap] += values[offsets[tap] + i] * other[i] over i below <paramref name="count"/>, one vector of partial sums a tap.</summary>
    /// <remarks>Up to <see cref="PlaneGeometry.Slack"/> elements more are read; those of <paramref name="other"/> have to be 0.</remarks>
    public static void Products(ReadOnlySpan<float> values, ReadOnlySpan<int> offsets, ReadOnlySpan<float> other, Span<Vector<float>> sums, int count)
    {
        var tap = 0;
        for (; tap + Together <= offsets.Length; tap += Together)
            Three(values, offsets.Slice(tap, Together), other, sums.Slice(tap, Together), count);
        for (; tap < offsets.Length; tap++)
            One(values, offsets[tap], other, ref sums[tap], count);
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Three(ReadOnlySpan<float> values, ReadOnlySpan<int> offsets, ReadOnlySpan<float> other, Span<Vector<float>> sums, int count)
    {
        ref var from = ref MemoryMarshal.GetReference(values);
        ref var with = ref MemoryMarshal.GetReference(other);
        var (first, second, third) = ((nuint)offsets[0], (nuint)offsets[1], (nuint)offsets[2]);
        var width = (nuint)Vector<float>.Count;
        var (a, b, c) = (sums[0], sums[1], sums[2]);
        var (d, e, f) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        for (nuint i = 0; i < (nuint)count; i += 2 * width)
        {
            var (even, odd) = (Vector.LoadUnsafe(ref with, i), Vector.LoadUnsafe(ref with, i + width));
            a = Vector.FusedMultiplyAdd(even, Vector.LoadUnsafe(ref from, i + first), a);
            b = Vector.FusedMultiplyAdd(even, Vector.LoadUnsafe(ref from, i + second), b);
            c = Vector.FusedMultiplyAdd(even, Vector.LoadUnsafe(ref from, i + third), c);
            d = Vector.FusedMultiplyAdd(odd, Vector.LoadUnsafe(ref from, i + width + first), d);
            e = Vector.FusedMultiplyAdd(odd, Vector.LoadUnsafe(ref from, i + width + second), e);
            f = Vector.FusedMultiplyAdd(odd, Vector.LoadUnsafe(ref from, i + width + third), f);
        }

        (sums[0], sums[1], sums[2]) = (a + d, b + e, c + f);
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void One(ReadOnlySpan<float> values, int offset, ReadOnlySpan<float> other, ref Vector<float> sum, int count)
    {
        ref var from = ref MemoryMarshal.GetReference(values);
        ref var with = ref MemoryMarshal.GetReference(other);
        for (var i = 0; i < count; i += Vector<float>.Count)
            sum = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref with, (nuint)i), Vector.LoadUnsafe(ref from, (nuint)(i + offset)), sum);
    }
}
