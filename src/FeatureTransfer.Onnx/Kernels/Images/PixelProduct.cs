using System.Runtime.CompilerServices;

namespace FeatureTransfer.Onnx.Kernels.Images;

/// <summary>A product of weights with pixels whose channels lie as far apart as those of the result.</summary>
/// <param name="panels">The weights.</param>
/// <param name="bounds">The activation.</param>
/// <param name="channels">How many channels a pixel has.</param>
/// <param name="step">Floats from channel to channel.</param>
internal readonly unsafe ref struct PixelProduct(WeightPanels panels, Bounds bounds, int channels, nint step)
{
    private const int Outputs = OutputTile.Outputs;
    private const int Pixels = OutputTile.Pixels;

    /// <summary>Computes all outputs of pixels that follow each other: whole tiles in place, what is left by way of other memory.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public void Compute(float* from, int count, float* to)
    {
        var offsets = stackalloc nint[channels];
        for (var channel = 0; channel < channels; channel++)
            offsets[channel] = channel * step;
        var (whole, full) = (count / Pixels * Pixels, panels.Outputs / Outputs * Outputs);
        fixed (float* values = panels.Values)
        {
            for (var output = 0; output < full; output += Outputs)
                OutputTile.ComputeAll(from, offsets, channels, Panel(values, output), whole, bounds, to + (output * step), step);
            for (var pixel = 0; full < panels.Outputs && pixel < whole; pixel += Pixels)
                ComputePart(from + pixel, offsets, Panel(values, full), full, Pixels, to + pixel);
            if (whole < count)
                ComputeRest(from + whole, offsets, values, count - whole, to + whole);
        }
    }

    private float* Panel(float* values, int output) => values + (output / Outputs * panels.Length);

    // Fewer pixels than a tile: their channels are copied to where a tile may read on.
    [MethodImpl(Compiled.AtOnce)]
    private void ComputeRest(float* from, nint* offsets, float* values, int count, float* to)
    {
        var memory = Scratch.Rent(channels * Pixels);
        fixed (float* copy = memory)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                new ReadOnlySpan<float>(from + offsets[channel], count).CopyTo(new Span<float>(copy + (channel * Pixels), count));
                offsets[channel] = channel * Pixels;
            }

            for (var output = 0; output < panels.Outputs; output += Outputs)
                ComputePart(copy, offsets, Panel(values, output), output, count, to);
        }

        Scratch.Return(memory);
    }

    [MethodImpl(Compiled.AtOnce)]
    private void ComputePart(float* from, nint* offsets, float* panel, int output, int count, float* to)
    {
        var tile = stackalloc float[Outputs * Pixels];
        OutputTile.ComputeAll(from, offsets, channels, panel, Pixels, bounds, tile, Pixels);
        for (var i = 0; i < Math.Min(Outputs, panels.Outputs - output); i++)
            new ReadOnlySpan<float>(tile + (i * Pixels), count).CopyTo(new Span<float>(to + ((output + i) * step), count));
    }
}
