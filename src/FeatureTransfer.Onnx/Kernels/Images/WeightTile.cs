using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FeatureTransfer.Onnx.Kernels.Images;

/// <summary>Gradients of the weights of five taps for four outputs, as many as sums stay in registers.</summary>
internal static unsafe class WeightTile
{
    /// <summary>How many taps.</summary>
    public const int Taps = PixelRow.Vectors;

    /// <summary>Computes the sums over pixels of what each tap reads times each output's gradient.</summary>
    /// <param name="from">The image's planes.</param>
    /// <param name="offsets">Where each of the taps begins.</param>
    /// <param name="gradients">The outputs' gradients; zero behind their pixels, up to a whole vector.</param>
    /// <param name="rows">Where each of the <see cref="OutputTile.Outputs"/> begins.</param>
    /// <param name="count">How many pixels.</param>
    /// <param name="sums">Takes the taps' sums of each output.</param>
    [MethodImpl(Compiled.AtOnce | MethodImplOptions.NoInlining)]
    public static void Compute(float* from, nint* offsets, float* gradients, nint* rows, int count, float* sums)
    {
        var (a, b, c, d) = (default(PixelRow), default(PixelRow), default(PixelRow), default(PixelRow));
        var (tap0, tap1, tap2, tap3, tap4) = (offsets[0], offsets[1], offsets[2], offsets[3], offsets[4]);
        var (row0, row1, row2, row3) = (rows[0], rows[1], rows[2], rows[3]);
        for (var end = from + count; from < end; from += PixelRow.Lanes, gradients += PixelRow.Lanes)
        {
            var read = new PixelRow(Vector512.Load(from + tap0), Vector512.Load(from + tap1), Vector512.Load(from + tap2), Vector512.Load(from + tap3), Vector512.Load(from + tap4));
            a = a.Plus(Vector512.Load(gradients + row0), read);
            b = b.Plus(Vector512.Load(gradients + row1), read);
            c = c.Plus(Vector512.Load(gradients + row2), read);
            d = d.Plus(Vector512.Load(gradients + row3), read);
        }

        a.Sum(sums);
        b.Sum(sums + Taps);
        c.Sum(sums + (2 * Taps));
        d.Sum(sums + (3 * Taps));
    }
}
