using System.Runtime.InteropServices;

namespace LibVips;

public sealed unsafe partial class VipsImage
{
    /// <summary>Exchanges left and right.</summary>
    public VipsImage FlipHorizontally() => Flip(0);

    /// <summary>Exchanges top and bottom.</summary>
    public VipsImage FlipVertically() => Flip(1);

    /// <summary>Places the image on a larger canvas, whose margin repeats the nearest pixel of the edge.</summary>
    /// <param name="left">Where its left edge goes.</param>
    /// <param name="top">Where its top edge goes.</param>
    /// <param name="width">Width of the canvas.</param>
    /// <param name="height">Height of the canvas.</param>
    public VipsImage EmbedInEdges(int left, int top, int width, int height)
    {
        using var embed = new VipsOperation("embed");
        const int ExtendCopy = 1;
        return embed.Set("in", this).Set("x", left).Set("y", top).Set("width", width).Set("height", height).Set("extend", ExtendCopy).Run();
    }

    /// <summary>
    /// Moves each pixel (x, y), counted from its centre, to matrix x (x + fromX, y + fromY) + (toX, toY), with bilinear interpolation; what
    /// lies at (0, 0) to (width, height) is kept.
    /// </summary>
    /// <param name="matrix">Two rows of two numbers.</param>
    /// <param name="from">Added before the matrix.</param>
    /// <param name="to">Added after it.</param>
    /// <param name="width">Width of the result.</param>
    /// <param name="height">Height of the result.</param>
    public VipsImage Affine(double[] matrix, (double X, double Y) from, (double X, double Y) to, int width, int height)
    {
        using var affine = new VipsOperation("affine");
        return affine.Set("in", this).Set("matrix", matrix).Set("idx", from.X).Set("idy", from.Y).Set("odx", to.X).Set("ody", to.Y)
            .SetIntegers("oarea", 0, 0, width, height).Run();
    }

    /// <summary>Each value times a factor, and something added: floats.</summary>
    public VipsImage Linear(double factor, double added)
    {
        using var linear = new VipsOperation("linear");
        return linear.Set("in", this).Set("a", [factor]).Set("b", [added]).Run();
    }

    /// <summary>Each pixel as a vector of bands times a matrix: floats.</summary>
    /// <param name="rows">A row of factors for each band of the result, one after the other.</param>
    public VipsImage Recombine(ReadOnlySpan<double> rows)
    {
        using var matrix = Matrix(rows, Bands, rows.Length / Bands);
        using var recombine = new VipsOperation("recomb");
        return recombine.Set("in", this).Set("m", matrix).Run();
    }

    /// <summary>Each value as a weighted sum of its neighbours, the edges repeated outwards: floats.</summary>
    /// <param name="kernel">The weights, row by row.</param>
    /// <param name="width">Width of the kernel.</param>
    public VipsImage Convolve(ReadOnlySpan<double> kernel, int width)
    {
        using var mask = Matrix(kernel, width, kernel.Length / width);
        using var convolve = new VipsOperation("conv");
        return convolve.Set("in", this).Set("mask", mask).Set("precision", PrecisionFloat).Run();
    }

    /// <summary>Blurs by a Gaussian, which is cut off where it falls below a hundredth of its middle: floats. A sigma below 0.2 changes nothing.</summary>
    /// <param name="sigma">Its standard deviation in pixels.</param>
    public VipsImage BlurGaussian(double sigma)
    {
        using var blur = new VipsOperation("gaussblur");
        const double LeastAmplitude = 0.01;
        return blur.Set("in", this).Set("sigma", sigma).Set("min_ampl", LeastAmplitude).Set("precision", PrecisionFloat).Run();
    }

    private const int PrecisionFloat = 1;

    private static VipsImage Matrix(ReadOnlySpan<double> values, int width, int height) =>
        FromPixels(MemoryMarshal.AsBytes(values), width, height, 1, VipsBandFormat.Double);

    private VipsImage Flip(int direction)
    {
        using var flip = new VipsOperation("flip");
        return flip.Set("in", this).Set("direction", direction).Run();
    }
}
