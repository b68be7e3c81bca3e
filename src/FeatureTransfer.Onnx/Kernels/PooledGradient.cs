using System.Runtime.CompilerServices;
using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels;

/// <summary>
/// The gradient of a maximum pool over images or sequences: from the output's gradient, the output and the input, all (batch, channels, ...). It
/// goes to the first element of each window, row by row, that is the window's maximum, and is summed where windows overlap.
/// </summary>
internal sealed unsafe class PooledGradient : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "PooledGradient";

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 3;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs) => inputs[2];

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var window = KernelNode.Read(attribute).Window;
        var (pooled, image) = (Plane.Of(inputs[0].Shape), Plane.Of(output.Shape));
        var (gradient, maxima, input, result) = ((nint)inputs[0].Data, (nint)inputs[1].Data, (nint)inputs[2].Data, (nint)output.Data);
        return new KernelWork((int)(output.Shape[0] * output.Shape[1]), piece =>
        {
            var (from, to) = (piece * (long)pooled.Length, piece * (long)image.Length);
            var sums = (float*)result + to;
            new Span<float>(sums, image.Length).Clear();
            Scatter(window, pooled, image, (float*)gradient + from, (float*)maxima + from, (float*)input + to, sums);
        });
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Scatter(ConvolutionAttributes window, Plane pooled, Plane image, float* gradient, float* maxima, float* input, float* sums)
    {
        for (var row = 0; row < pooled.Rows; row++)
        {
            var (firstRow, rows) = Inside(window.Height, row, image.Rows);
            for (var column = 0; column < pooled.Columns; column++, gradient++, maxima++)
            {
                var (firstColumn, columns) = Inside(window.Width, column, image.Columns);
                var corner = (firstRow * image.Columns) + firstColumn;
                var winner = Find(*maxima, input + corner, rows, columns, window.Height.Dilation * image.Columns, window.Width.Dilation);
                if (winner >= 0)
                    sums[corner + winner] += *gradient;
            }
        }
    }

    // Where a window begins and how many of its elements there are, without those in the padding.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int First, int Count) Inside(AxisAttributes axis, int window, int size)
    {
        var first = (window * axis.Stride) - axis.Before;
        var skipped = first < 0 ? (axis.Dilation - 1 - first) / axis.Dilation : 0;
        first += skipped * axis.Dilation;
        return (first, Math.Min(axis.Kernel - skipped, (size - first + axis.Dilation - 1) / axis.Dilation));
    }

    // -1 where nothing is the maximum: not numbers, or a window in the padding.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Find(float maximum, float* corner, int rows, int columns, int rowStep, int columnStep)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var place = (row * rowStep) + (column * columnStep);
                if (corner[place] == maximum)
                    return place;
            }
        }

        return -1;
    }

    private readonly record struct Plane(int Rows, int Columns)
    {
        public int Length => Rows * Columns;

        public static Plane Of(long[] shape) => shape.Length == 3 ? new(1, (int)shape[2]) : new((int)shape[2], (int)shape[3]);
    }
}
