using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FeatureTransfer.Inputs.Images;

/// <summary>(height, width, 3) bytes to three planes of floats: sixteen pixels a step, whose bands are parted by shuffles.</summary>
internal static unsafe class PixelPlanes
{
    private const int Step = 16;

    // A plane this long is not read again before much else has passed through the cache.
    private const int StreamedLength = 1 << 14;

    /// <summary>Scales the three bands of the pixels, each into its plane.</summary>
    /// <param name="pixels">The first byte of the first pixel.</param>
    /// <param name="red">The plane of the first band.</param>
    /// <param name="green">The plane of the second band.</param>
    /// <param name="blue">The plane of the third band.</param>
    /// <param name="length">How many values a plane has.</param>
    /// <param name="channels">The formulas of the three bands.</param>
    public static void Scale<TLast>(byte* pixels, float* red, float* green, float* blue, int length, (ChannelScale Red, ChannelScale Green, ChannelScale Blue) channels)
        where TLast : struct, ILastStep
    {
        var whole = length - (length % Step);
        var streams = length >= StreamedLength && ((nuint)red | (nuint)green | (nuint)blue) % (nuint)Vector256<byte>.Count == 0;
        if (streams)
            ScaleSteps<TLast, StreamingStore>(pixels, red, green, blue, whole, channels);
        else
            ScaleSteps<TLast, CachedStore>(pixels, red, green, blue, whole, channels);
        for (var i = whole; i < length; i++)
        {
            red[i] = channels.Red.Of(pixels[i * 3]);
            green[i] = channels.Green.Of(pixels[(i * 3) + 1]);
            blue[i] = channels.Blue.Of(pixels[(i * 3) + 2]);
        }
    }

    // Compiled in full at once, so that the first images of a run take no longer than the others; and on its own: as a part of its callers
    // the compiler runs out of what it is ready to inline, and the loop takes three times as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void ScaleSteps<TLast, TStore>(byte* pixels, float* red, float* green, float* blue, int length, (ChannelScale Red, ChannelScale Green, ChannelScale Blue) channels)
        where TLast : struct, ILastStep
        where TStore : struct, IPlaneStore
    {
        var (ofRed, ofGreen, ofBlue) = (new PlaneFormula<TLast>(channels.Red), new PlaneFormula<TLast>(channels.Green), new PlaneFormula<TLast>(channels.Blue));
        for (var i = 0; i < length; i += Step)
        {
            var from = pixels + (i * 3);
            var a = Vector128.Load(from);
            var b = Vector128.Load(from + 16);
            var c = Vector128.Load(from + 32);
            Write<TLast, TStore>(Red(a, b, c), ofRed, red + i);
            Write<TLast, TStore>(Green(a, b, c), ofGreen, green + i);
            Write<TLast, TStore>(Blue(a, b, c), ofBlue, blue + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TLast, TStore>(Vector128<byte> pixels, PlaneFormula<TLast> formula, float* to)
        where TLast : struct, ILastStep
        where TStore : struct, IPlaneStore =>
        TStore.Store(formula.Apply(ByteVectors.LowerFloats(pixels)), formula.Apply(ByteVectors.UpperFloats(pixels)), to);

    // Every third byte of 48. A place beyond 15 gives 0, so the three parts can be joined by or.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Red(Vector128<byte> a, Vector128<byte> b, Vector128<byte> c) =>
        Vector128.Shuffle(a, Vector128.Create((byte)0, 3, 6, 9, 12, 15, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
        | Vector128.Shuffle(b, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 2, 5, 8, 11, 14, 255, 255, 255, 255, 255))
        | Vector128.Shuffle(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 4, 7, 10, 13));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Green(Vector128<byte> a, Vector128<byte> b, Vector128<byte> c) =>
        Vector128.Shuffle(a, Vector128.Create((byte)1, 4, 7, 10, 13, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
        | Vector128.Shuffle(b, Vector128.Create((byte)255, 255, 255, 255, 255, 0, 3, 6, 9, 12, 15, 255, 255, 255, 255, 255))
        | Vector128.Shuffle(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 2, 5, 8, 11, 14));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Blue(Vector128<byte> a, Vector128<byte> b, Vector128<byte> c) =>
        Vector128.Shuffle(a, Vector128.Create((byte)2, 5, 8, 11, 14, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
        | Vector128.Shuffle(b, Vector128.Create((byte)255, 255, 255, 255, 255, 1, 4, 7, 10, 13, 255, 255, 255, 255, 255, 255))
        | Vector128.Shuffle(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 3, 6, 9, 12, 15));
}
