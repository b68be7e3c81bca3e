namespace FeatureTransfer.Onnx.Quantization;

/// <summary>
/// A weight as 8-bit integers around 128 with a scale an output channel: w is about (q - 128) * scale, and 0 is exact. Unsigned, for
/// ONNX Runtime has integer kernels for those on every CPU, and some sum signed ones with too few bits.
/// </summary>
internal sealed record QuantizedWeight(byte[] Values, float[] Scales)
{
    /// <summary>The value that stands for 0.</summary>
    public const byte Zero = 128;

    private const int Steps = 127;

    /// <summary>Quantizes a weight whose output channels are its first axis.</summary>
    /// <param name="values">(channels, the rest).</param>
    /// <param name="channels">How many output channels.</param>
    public static QuantizedWeight ByRow(float[] values, int channels)
    {
        var length = values.Length / channels;
        return Quantize(values, channels, index => index / length);
    }

    /// <summary>Quantizes a matrix whose output channels are its columns.</summary>
    /// <param name="values">(rows, channels).</param>
    /// <param name="channels">How many output channels.</param>
    public static QuantizedWeight ByColumn(float[] values, int channels) => Quantize(values, channels, index => index % channels);

    /// <summary>Whether a tensor can be quantized: floats without infinities.</summary>
    public static bool Fits(TensorProto tensor) => tensor.DataType == (int)TensorProto.Types.DataType.Float;

    private static QuantizedWeight Quantize(float[] values, int channels, Func<int, int> channelOf)
    {
        var scales = new float[channels];
        for (var i = 0; i < values.Length; i++)
            scales[channelOf(i)] = Math.Max(scales[channelOf(i)], Math.Abs(values[i]));
        for (var channel = 0; channel < channels; channel++)
            scales[channel] = scales[channel] > 0 ? scales[channel] / Steps : 1;
        var quantized = new byte[values.Length];
        for (var i = 0; i < values.Length; i++)
            quantized[i] = (byte)(Zero + Math.Clamp((int)MathF.Round(values[i] / scales[channelOf(i)]), -Steps, Steps));
        return new QuantizedWeight(quantized, scales);
    }
}
