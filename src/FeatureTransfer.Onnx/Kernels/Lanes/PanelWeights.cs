namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>
/// The weights of a product, in panels of 48 output channels, the last one narrower, which hold those of an input side by side.
/// </summary>
/// <param name="panels">The panels, one behind the other.</param>
/// <param name="bias">A number an output channel.</param>
/// <param name="outputs">How many output channels, with those that fill the last block.</param>
internal readonly unsafe struct PanelWeights(float* panels, float* bias, int outputs)
{
    /// <summary>Output channels of a panel.</summary>
    public const int Width = 3 * LaneLayout.Lanes;

    /// <summary>The panels.</summary>
    public float* Panels => panels;

    /// <summary>A number an output channel.</summary>
    public float* Bias => bias;

    /// <summary>How many output channels.</summary>
    public int Outputs => outputs;

    /// <summary>Writes weights (outputs, inputs) as panels.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="inputs">How many inputs.</param>
    /// <param name="to">Takes inputs by outputs, with those that fill the last block.</param>
    public static void Pack(ReadOnlySpan<float> weights, int inputs, Span<float> to)
    {
        var outputs = to.Length / inputs;
        for (var i = 0; i < weights.Length; i++)
        {
            var (output, input) = Math.DivRem(i, inputs);
            var panel = output / Width * Width;
            var width = Math.Min(outputs - panel, Width);
            to[(inputs * panel) + (input * width) + output - panel] = weights[i];
        }
    }

    /// <summary>Where channels lie from a pixel's place in the <see cref="LaneLayout"/>.</summary>
    /// <param name="channels">How many.</param>
    /// <param name="step">Floats from block to block.</param>
    /// <exception cref="OverflowException">The image is too large.</exception>
    public static int[] Offsets(int channels, nint step)
    {
        var offsets = new int[channels];
        for (var channel = 0; channel < channels; channel++)
            offsets[channel] = checked((int)(step * (channel / LaneLayout.Lanes)) + (channel % LaneLayout.Lanes));
        return offsets;
    }
}
