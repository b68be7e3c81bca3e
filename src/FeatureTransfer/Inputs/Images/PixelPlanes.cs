using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FeatureTransfer.Inputs.Images;

/// <summary>(height, width, 3) bytes to three planes of floats: sixteen pixels a step, whose bands are parted by shuffles.</summary>
internal static class PixelPlanes
{
    private const int Step = 16;

    /// <summary>Scales the three bands of the pixels, each into its plane.</summary>
    // Compiled in full at once, so that the first images of a run take no longer than the others.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale<TLast>(ReadOnlySpan<byte> pixels, PixelPlane<TLast> red, PixelPlane<TLast> green, PixelPlane<TLast> blue)
        where TLast : struct, ILastStep
    {
        ref var first = ref MemoryMarshal.GetReference(pixels);
        var i = 0;
        for (; i <= red.Length - Step; i += Step)
        {
            var a = Vector128.LoadUnsafe(ref first, (nuint)(i * 3));
            var b = Vector128.LoadUnsafe(ref first, (nuint)((i * 3) + 16));
            var c = Vector128.LoadUnsafe(ref first, (nuint)((i * 3) + 32));
            red.Write(Red(a, b, c), i);
            green.Write(Green(a, b, c), i);
            blue.Write(Blue(a, b, c), i);
        }

        for (; i < red.Length; i++)
        {
            red.Write(pixels[i * 3], i);
            green.Write(pixels[(i * 3) + 1], i);
            blue.Write(pixels[(i * 3) + 2], i);
        }
    }

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
