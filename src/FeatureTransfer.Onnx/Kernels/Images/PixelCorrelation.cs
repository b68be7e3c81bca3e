using System.Runtime.CompilerServices;

namespace FeatureTransfer.Onnx.Kernels.Images;

/// <summary>Sums over pixels of the products of every channel with every output's gradient.</summary>
/// <param name="channels">How many channels there are.</param>
/// <param name="outputs">How many outputs there are.</param>
/// <param name="step">Floats from channel to channel, and from output to output.</param>
internal sealed unsafe class PixelCorrelation(int channels, int outputs, nint step)
{
    private const int Outputs = OutputTile.Outputs;
    private const int Taps = WeightTile.Taps;
    private const int Lanes = PixelRow.Lanes;

    // Pixels of so many channels that they stay in the second cache.
    private const int MostElements = 1 << 16;

    /// <summary>How many sums there are.</summary>
    public nint Length => (nint)outputs * channels;

    /// <summary>Computes the sums, (outputs, channels).</summary>
    [MethodImpl(Compiled.AtOnce)]
    public void Compute(float* images, float* gradients, int count, float* sums)
    {
        new Span<float>(sums, (int)Length).Clear();
        var whole = count / Lanes * Lanes;
        var block = Math.Max(1, MostElements / channels / Lanes) * Lanes;
        for (var pixel = 0; pixel < whole; pixel += block)
            Add(images + pixel, gradients + pixel, step, Math.Min(block, whole - pixel), sums);
        if (whole < count)
            AddRest(images + whole, gradients + whole, count - whole, sums);
    }

    // Fewer pixels than a vector: they are copied to where zeros follow.
    [MethodImpl(Compiled.AtOnce)]
    private void AddRest(float* images, float* gradients, int count, float* sums)
    {
        var memory = Scratch.Rent((channels + outputs) * Lanes);
        fixed (float* copies = memory)
        {
            CopyRows(images, channels, count, copies);
            CopyRows(gradients, outputs, count, copies + (channels * Lanes));
            Add(copies, copies + (channels * Lanes), Lanes, Lanes, sums);
        }

        Scratch.Return(memory);
    }

    [MethodImpl(Compiled.AtOnce)]
    private void CopyRows(float* from, int rows, int count, float* to)
    {
        for (var row = 0; row < rows; row++)
            new ReadOnlySpan<float>(from + (row * step), count).CopyTo(new Span<float>(to + (row * Lanes), count));
    }

    // What is missing of the last channels or outputs is computed as the last ones once more.
    [MethodImpl(Compiled.AtOnce)]
    private void Add(float* images, float* gradients, nint distance, int count, float* sums)
    {
        var offsets = stackalloc nint[Taps];
        var rows = stackalloc nint[Outputs];
        var tile = stackalloc float[Outputs * Taps];
        for (var output = 0; output < outputs; output += Outputs)
        {
            for (var i = 0; i < Outputs; i++)
                rows[i] = Math.Min(output + i, outputs - 1) * distance;
            for (var channel = 0; channel < channels; channel += Taps)
            {
                for (var i = 0; i < Taps; i++)
                    offsets[i] = Math.Min(channel + i, channels - 1) * distance;
                WeightTile.Compute(images, offsets, gradients, rows, count, tile);
                AddTile(tile, output, channel, sums);
            }
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    private void AddTile(float* tile, int output, int channel, float* sums)
    {
        for (var i = 0; i < Math.Min(Outputs, outputs - output); i++)
        {
            for (var j = 0; j < Math.Min(Taps, channels - channel); j++)
                sums[((nint)(output + i) * channels) + channel + j] += tile[(i * Taps) + j];
        }
    }
}
