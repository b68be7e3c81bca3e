using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FeatureTransfer.Onnx.Kernels.Images;

/// <summary>Pixels of four outputs, as many as sums stay in registers.</summary>
internal static unsafe class OutputTile
{
    /// <summary>How many outputs.</summary>
    public const int Outputs = 4;

    /// <summary>How many pixels.</summary>
    public const int Pixels = PixelRow.Vectors * PixelRow.Lanes;

    /// <summary>Computes all pixels.</summary>
    /// <param name="from">The image's planes.</param>
    /// <param name="offsets">Where each tap of the first pixel lies.</param>
    /// <param name="taps">How many taps.</param>
    /// <param name="panel">Biases and weights (<see cref="WeightPanels"/>).</param>
    /// <param name="count">How many pixels; of more, fewer than <see cref="Pixels"/>, some are read and written.</param>
    /// <param name="bounds">The activation.</param>
    /// <param name="to">Takes the first output.</param>
    /// <param name="step">Floats from output to output.</param>
    [MethodImpl(Compiled.AtOnce)]
    public static void ComputeAll(float* from, nint* offsets, int taps, float* panel, int count, Bounds bounds, float* to, nint step)
    {
        for (var pixel = 0; pixel < count; pixel += Pixels)
            Compute(from + pixel, offsets, taps, panel, bounds, to + pixel, step);
    }

    // Within another method there would be fewer registers for it.
    [MethodImpl(Compiled.AtOnce | MethodImplOptions.NoInlining)]
    private static void Compute(float* from, nint* offsets, int taps, float* panel, Bounds bounds, float* to, nint step)
    {
        var (a, b, c, d) = (PixelRow.Of(panel[0]), PixelRow.Of(panel[1]), PixelRow.Of(panel[2]), PixelRow.Of(panel[3]));
        for (var end = offsets + taps; offsets < end; offsets++)
        {
            panel += Outputs;
            var read = PixelRow.Load(from + *offsets);
            a = a.Plus(Vector512.Create(panel[0]), read);
            b = b.Plus(Vector512.Create(panel[1]), read);
            c = c.Plus(Vector512.Create(panel[2]), read);
            d = d.Plus(Vector512.Create(panel[3]), read);
        }

        var (low, high) = (Vector512.Create(bounds.Low), Vector512.Create(bounds.High));
        a.Within(low, high).Store(to);
        b.Within(low, high).Store(to + step);
        c.Within(low, high).Store(to + (2 * step));
        d.Within(low, high).Store(to + (3 * step));
    }
}
