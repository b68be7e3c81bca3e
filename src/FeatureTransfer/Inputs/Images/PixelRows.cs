using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FeatureTransfer.Inputs.Images;

/// <summary>(height, width, 3) bytes to floats of the same order of axes: four pixels a step, twelve values in three vectors.</summary>
internal static class PixelRows
{
    private const int Step = 12;

    /// <summary>Scales; the channels are in tensor order, and where bands are swapped the first is the pixel's third.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public static void Scale(ReadOnlySpan<byte> pixels, Span<float> tensor, bool swapsBands, ChannelScale[] channels)
    {
        ref var from = ref MemoryMarshal.GetReference(pixels);
        ref var to = ref MemoryMarshal.GetReference(tensor);
        var order = swapsBands
            ? Vector128.Create((byte)2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9, 12, 13, 14, 15)
            : Vector128.Create((byte)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        var (low, middle, high) = (Formula.Of(channels, 0), Formula.Of(channels, 1), Formula.Of(channels, 2));
        var i = 0;
        // A load takes sixteen bytes, of which twelve are used.
        for (; i <= pixels.Length - Vector128<byte>.Count; i += Step)
        {
            var bytes = Vector128.Shuffle(Vector128.LoadUnsafe(ref from, (nuint)i), order);
            var (lower, upper) = (Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes));
            low.Apply(Vector128.WidenLower(lower)).StoreUnsafe(ref to, (nuint)i);
            middle.Apply(Vector128.WidenUpper(lower)).StoreUnsafe(ref to, (nuint)(i + 4));
            high.Apply(Vector128.WidenLower(upper)).StoreUnsafe(ref to, (nuint)(i + 8));
        }

        for (; i < pixels.Length; i++)
            tensor[i] = channels[i % 3].Of(pixels[swapsBands ? i + 2 - (i % 3 * 2) : i]);
    }

    /// <summary>The formula for four neighbouring values, which begin with one of the three channels.</summary>
    private readonly record struct Formula(Vector128<float> Scale, Vector128<float> Mean, Vector128<float> Std)
    {
        // Vector n begins at value 4n, whose channel is 4n % 3 = n.
        public static Formula Of(ChannelScale[] channels, int first)
        {
            var (a, b, c) = (channels[first], channels[(first + 1) % 3], channels[(first + 2) % 3]);
            return new(Vector128.Create(a.Scale), Vector128.Create(a.Mean, b.Mean, c.Mean, a.Mean), Vector128.Create(a.Std, b.Std, c.Std, a.Std));
        }

        public Vector128<float> Apply(Vector128<uint> pixels) => ((Vector128.ConvertToSingle(pixels.AsInt32()) * Scale) - Mean) / Std;
    }
}
