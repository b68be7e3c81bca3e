using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FeatureTransfer.Inputs.Images;

/// <summary>
/// The sums that resizing is made of. Each value is summed in the order of its source pixels with fused multiply-adds, however wide
/// the vectors are, so every machine gives the same bytes.
/// </summary>
internal static class ResampleSums
{
    /// <summary><c>sums[i] = row[i] * weight</c>.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Start(ReadOnlySpan<byte> row, float weight, Span<float> sums)
    {
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var to = ref MemoryMarshal.GetReference(sums[..row.Length]);
        var i = 0;
        for (; i <= row.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            (ByteVectors.EightFloats(ref from, i) * weight).StoreUnsafe(ref to, (nuint)i);
        for (; i < row.Length; i++)
            sums[i] = row[i] * weight;
    }

    /// <summary><c>sums[i] += row[i] * weight</c>.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Add(ReadOnlySpan<byte> row, float weight, Span<float> sums)
    {
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var to = ref MemoryMarshal.GetReference(sums[..row.Length]);
        var factor = Vector256.Create(weight);
        var i = 0;
        for (; i <= row.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            Vector256.FusedMultiplyAdd(ByteVectors.EightFloats(ref from, i), factor, Vector256.LoadUnsafe(ref to, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        for (; i < row.Length; i++)
            sums[i] = MathF.FusedMultiplyAdd(row[i], weight, sums[i]);
    }

    /// <summary>Resizes one row of RGB floats; both spans have room for one value more than their pixels.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Across(ResampleAxis axis, ReadOnlySpan<float> row, Span<float> resized)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(row.Length, ((axis.End - axis.Begin) * 3) + 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(resized.Length, (axis.Length * 3) + 1);
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var to = ref MemoryMarshal.GetReference(resized);
        for (var x = 0; x < axis.Length; x++)
        {
            ref var pixel = ref Unsafe.Add(ref from, (axis.First(x) - axis.Begin) * 3);
            var sum = Vector128<float>.Zero;
            foreach (var weight in axis.Weights(x))
            {
                sum = Vector128.FusedMultiplyAdd(Vector128.LoadUnsafe(ref pixel), Vector128.Create(weight), sum);
                pixel = ref Unsafe.Add(ref pixel, 3);
            }

            sum.StoreUnsafe(ref to, (nuint)(x * 3));
        }
    }

    /// <summary>To the nearest byte, halves to even.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Round(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        ref var from = ref MemoryMarshal.GetReference(values);
        ref var to = ref MemoryMarshal.GetReference(bytes[..values.Length]);
        var i = 0;
        for (; i <= values.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var low = Vector128.Narrow(FourWhole(ref from, i), FourWhole(ref from, i + 4));
            var high = Vector128.Narrow(FourWhole(ref from, i + 8), FourWhole(ref from, i + 12));
            Vector128.Narrow(low, high).AsByte().StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < values.Length; i++)
            bytes[i] = (byte)Math.Clamp(MathF.Round(values[i]), 0, 255);
    }

    private static Vector128<int> FourWhole(ref float from, int at) =>
        Vector128.ConvertToInt32(Vector128.Min(Vector128.Max(Vector128.Round(Vector128.LoadUnsafe(ref from, (nuint)at)), Vector128<float>.Zero), Vector128.Create(255f)));
}
