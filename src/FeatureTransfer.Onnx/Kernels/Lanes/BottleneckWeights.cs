namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>The weights of a bottleneck in the order in which they are read, in one tensor.</summary>
internal sealed class BottleneckWeights
{
    private readonly Bottleneck _bottleneck;

    public BottleneckWeights(Bottleneck bottleneck) => (_bottleneck, Values) = (bottleneck, new float[bottleneck.Length]);

    /// <summary>The numbers.</summary>
    public float[] Values { get; }

    /// <summary>Enters the first convolution: weights (outputs, inputs) and biases.</summary>
    public BottleneckWeights Widen(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Bounds bounds)
    {
        Bound(0, bounds);
        PanelWeights.Pack(weights, _bottleneck.Inputs, Values.AsSpan(Bottleneck.WidenAt, _bottleneck.Inputs * _bottleneck.Filled));
        bias.CopyTo(Values.AsSpan(_bottleneck.WidenBiasAt));
        return this;
    }

    /// <summary>Enters the depthwise convolution: weights (channels, 3, 3) and biases.</summary>
    public BottleneckWeights Depthwise(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Bounds bounds)
    {
        const int Taps = Bottleneck.Window * Bottleneck.Window;
        Bound(1, bounds);
        for (var i = 0; i < weights.Length; i++)
        {
            var (channel, tap) = Math.DivRem(i, Taps);
            var (block, lane) = Math.DivRem(channel, LaneLayout.Lanes);
            Values[_bottleneck.DepthwiseAt + (((block * Taps) + tap) * LaneLayout.Lanes) + lane] = weights[i];
        }

        bias.CopyTo(Values.AsSpan(_bottleneck.DepthwiseBiasAt));
        return this;
    }

    /// <summary>Enters the last convolution: weights (outputs, inputs) and biases.</summary>
    public BottleneckWeights Project(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Bounds bounds)
    {
        Bound(2, bounds);
        PanelWeights.Pack(weights, _bottleneck.Channels, Values.AsSpan(_bottleneck.ProjectAt, _bottleneck.ProjectBiasAt - _bottleneck.ProjectAt));
        bias.CopyTo(Values.AsSpan(_bottleneck.ProjectBiasAt));
        return this;
    }

    private void Bound(int convolution, Bounds bounds) => (Values[2 * convolution], Values[(2 * convolution) + 1]) = (bounds.Low, bounds.High);
}
