using System.Runtime.CompilerServices;

namespace FeatureTransfer.Onnx.Kernels.Images;

/// <summary>All channels of one image as planes (<see cref="PlaneGeometry"/>), with room for some outputs as wide as they are.</summary>
internal sealed unsafe class ImagePlanes : IDisposable
{
    private const int Together = OutputTile.Outputs;
    private readonly PlaneGeometry _geometry;
    private readonly int _image;
    private readonly nint[] _offsets;
    private readonly float[] _planes;
    private readonly float[] _wide;

    /// <summary>Deals an image out to planes.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public ImagePlanes(PlaneGeometry geometry, ChannelTensor images, int image)
    {
        (_geometry, _image) = (geometry, image);
        var channel = geometry.Planes * geometry.Spacing;
        _offsets = [.. Enumerable.Range(0, images.Channels * geometry.Taps).Select(tap => (nint)(tap / geometry.Taps * channel) + geometry.OffsetInPlanes(tap % geometry.Taps))];
        _planes = Scratch.Rent(images.Channels * channel);
        _wide = Scratch.Rent(Together * Step);
        for (var i = 0; i < images.Channels; i++)
            PlanePacking.Deal(geometry, images[i][image], _planes.AsSpan(i * channel));
    }

    // Floats from output to output: tiles write, and read zeros, beyond the last pixel.
    private int Step => _geometry.Wide + OutputTile.Pixels;

    /// <summary>Computes all outputs of the image.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public void Convolve(WeightPanels weights, Bounds bounds, ChannelTensor outputs)
    {
        fixed (float* planes = _planes, wide = _wide, panels = weights.Values)
        fixed (nint* offsets = _offsets)
        {
            for (var output = 0; output < outputs.Channels; output += Together)
            {
                OutputTile.ComputeAll(planes, offsets, _offsets.Length, panels + (output / Together * weights.Length), _geometry.Wide, bounds, wide, Step);
                for (var i = 0; i < Math.Min(Together, outputs.Channels - output); i++)
                    PlanePacking.Narrow(_geometry, _wide.AsSpan(i * Step), outputs[output + i][_image]);
            }
        }
    }

    /// <summary>Computes the gradient of the weights, (outputs, taps), as far as it comes from the image.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public void Correlate(ChannelTensor gradients, float* result)
    {
        for (var output = 0; output < gradients.Channels; output += Together)
        {
            var count = Math.Min(Together, gradients.Channels - output);
            for (var i = 0; i < count; i++)
                PlanePacking.Widen(_geometry, gradients[output + i][_image], _wide.AsSpan(i * Step));
            Correlate(count, result + ((nint)output * _offsets.Length));
        }
    }

    public void Dispose()
    {
        Scratch.Return(_planes);
        Scratch.Return(_wide);
    }

    // Where taps are missing at the end, the last one is computed several times.
    [MethodImpl(Compiled.AtOnce)]
    private void Correlate(int outputs, float* result)
    {
        var sums = stackalloc float[Together * WeightTile.Taps];
        var places = stackalloc nint[WeightTile.Taps];
        var rows = stackalloc nint[] { 0, Step, 2 * Step, 3 * Step };
        fixed (float* planes = _planes, wide = _wide)
        {
            for (var tap = 0; tap < _offsets.Length; tap += WeightTile.Taps)
            {
                var count = Math.Min(WeightTile.Taps, _offsets.Length - tap);
                for (var i = 0; i < WeightTile.Taps; i++)
                    places[i] = _offsets[tap + Math.Min(i, count - 1)];
                WeightTile.Compute(planes, places, wide, rows, _geometry.Wide, sums);
                for (var i = 0; i < outputs; i++)
                    new ReadOnlySpan<float>(sums + (i * WeightTile.Taps), count).CopyTo(new Span<float>(result + ((nint)i * _offsets.Length) + tap, count));
            }
        }
    }
}
