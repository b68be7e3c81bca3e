namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>What a product of pixels by weights is made of, and how its weights lie: bounds, panels, biases.</summary>
/// <param name="Inputs">Numbers of a pixel that go in.</param>
/// <param name="Outputs">Channels that come out.</param>
internal sealed record PointwiseLayer(int Inputs, int Outputs)
{
    /// <summary>How many channels come out with those that fill the last block.</summary>
    public int Filled => LaneLayout.Filled(Outputs);

    /// <summary>Where the panels begin.</summary>
    public static int PanelsAt => LaneLayout.Lanes;

    /// <summary>Where the biases begin.</summary>
    public int BiasAt => PanelsAt + (Inputs * Filled);

    /// <summary>How many numbers there are.</summary>
    public int Length => BiasAt + Filled;

    /// <summary>Packs weights (outputs, inputs), biases and bounds.</summary>
    public float[] Pack(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Bounds bounds)
    {
        var values = new float[Length];
        (values[0], values[1]) = (bounds.Low, bounds.High);
        PanelWeights.Pack(weights, Inputs, values.AsSpan(PanelsAt, Inputs * Filled));
        bias.CopyTo(values.AsSpan(BiasAt));
        return values;
    }

    /// <summary>What was packed.</summary>
    public unsafe PanelWeights Read(float* values) => new(values + PanelsAt, values + BiasAt, Filled);
}
