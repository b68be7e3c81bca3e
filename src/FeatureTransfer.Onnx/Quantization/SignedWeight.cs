namespace FeatureTransfer.Onnx.Quantization;

/// <summary>A weight as signed 8-bit integers with a scale an output channel: w is about q * scale.</summary>
/// <param name="Values">The integers, in the weight's order.</param>
/// <param name="Scales">A scale a channel.</param>
internal sealed record SignedWeight(sbyte[] Values, float[] Scales)
{
    private const int Steps = sbyte.MaxValue;

    // What a bias may be of its own step, with room for the sum that it is added to.
    private const double LargestBias = 1 << 30;

    /// <summary>Quantizes a weight.</summary>
    /// <param name="values">The weight.</param>
    /// <param name="channels">How many output channels.</param>
    /// <param name="stride">How many values lie between two channels: 1 where they are the last axis.</param>
    /// <param name="bias">The bias of each channel; null is none.</param>
    /// <param name="inputScale">The scale of the input; a bias is counted in products of both scales.</param>
    public static SignedWeight Of(float[] values, int channels, int stride, float[]? bias, float inputScale)
    {
        var scales = new float[channels];
        for (var i = 0; i < values.Length; i++)
            scales[i / stride % channels] = Math.Max(scales[i / stride % channels], Math.Abs(values[i]) / Steps);
        for (var channel = 0; channel < channels; channel++)
        {
            var least = bias is null ? 0 : (float)(Math.Abs(bias[channel]) / (inputScale * LargestBias));
            scales[channel] = Math.Max(scales[channel], least) is var scale && scale > 0 ? scale : 1;
        }

        var quantized = new sbyte[values.Length];
        for (var i = 0; i < values.Length; i++)
            quantized[i] = (sbyte)Math.Clamp(MathF.Round(values[i] / scales[i / stride % channels]), -Steps, Steps);
        return new SignedWeight(quantized, scales);
    }

    /// <summary>A bias in integers, counted in products of the scales of input and weight.</summary>
    public int[] Bias(float[] bias, float inputScale) => [.. bias.Select((value, channel) => (int)Math.Round(value / ((double)inputScale * Scales[channel])))];

    /// <summary>The scales of such a bias.</summary>
    public float[] BiasScales(float inputScale) => Array.ConvertAll(Scales, scale => inputScale * scale);
}
