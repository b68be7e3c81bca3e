using System.Buffers;
using System.Runtime.CompilerServices;

namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>The windows of a first convolution over images of one size.</summary>
internal sealed unsafe class ImageWindows
{
    private readonly FirstConvolution _convolution;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int[] _offsets;

    public ImageWindows(FirstConvolution convolution, int rows, int columns)
    {
        (_convolution, _rows, _columns) = (convolution, rows, columns);
        var window = convolution.Window;
        _offsets = [.. Enumerable.Range(0, convolution.Layer.Inputs).Select(tap => (tap / window * PaddedColumns) + (tap % window))];
    }

    /// <summary>Columns that come out.</summary>
    public int OutputColumns => _convolution.OutputColumns(_columns);

    /// <summary>Floats of an image.</summary>
    public nint ImageLength => (nint)_convolution.Channels * _rows * _columns;

    private int PaddedColumns => _convolution.Left + _columns + _convolution.Right;

    /// <summary>Computes one row.</summary>
    /// <param name="image">The image.</param>
    /// <param name="row">Which row comes out.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="target">Takes it.</param>
    [MethodImpl(Compiled.AtOnce)]
    public void Compute(float* image, int row, PanelWeights weights, LaneTarget target)
    {
        var padded = ArrayPool<float>.Shared.Rent(_convolution.Channels * _convolution.Window * PaddedColumns);
        Pad(image, (row * _convolution.Stride) - _convolution.Top, padded);
        fixed (float* first = padded)
        {
            for (var channel = 0; channel < weights.Outputs; channel += PanelWeights.Width)
                Multiply(channel, first, weights, target);
        }

        ArrayPool<float>.Shared.Return(padded);
    }

    [MethodImpl(Compiled.AtOnce)]
    private void Multiply(int channel, float* padded, PanelWeights weights, LaneTarget target)
    {
        if (_convolution.Stride == 1)
            new PixelProduct<PixelSpacing>(weights, _offsets).Compute(channel, padded, OutputColumns, target);
        else
            new PixelProduct<OtherPixelSpacing>(weights, _offsets).Compute(channel, padded, OutputColumns, target);
    }

    // The rows of a row of windows, channel by channel, with their padding.
    [MethodImpl(Compiled.AtOnce)]
    private void Pad(float* image, int firstRow, Span<float> padded)
    {
        for (var i = 0; i < _convolution.Channels * _convolution.Window; i++)
        {
            var (channel, tap) = Math.DivRem(i, _convolution.Window);
            var row = firstRow + tap;
            var to = padded.Slice(i * PaddedColumns, PaddedColumns);
            if (row < 0 || row >= _rows)
            {
                to.Clear();
                continue;
            }

            to[.._convolution.Left].Clear();
            new ReadOnlySpan<float>(image + ((((nint)channel * _rows) + row) * _columns), _columns).CopyTo(to[_convolution.Left..]);
            to[(_convolution.Left + _columns)..].Clear();
        }
    }
}
