using System.Numerics.Tensors;
using FeatureTransfer.Devices;
using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Extraction.Int8;

/// <summary>How near features in integers are to those in floats.</summary>
internal static class FeatureSimilarity
{
    /// <summary>The mean cosine similarity over the sample that the model was calibrated on.</summary>
    public static double Mean(QuantizedModel made, CalibrationSample sample, CancellationToken cancellationToken)
    {
        using var session = DeviceSessions.Open(made.Model, made.Model.Name, new SessionSettings { Device = Device.Cpu, AllowSpinning = false });
        return sample.Run(session).Zip(made.Expected, (features, expected) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Of(expected, features);
        }).Average();
    }

    // Two vectors of zeros are alike, though they have no angle.
    private static double Of(float[] expected, float[] features) =>
        expected.AsSpan().SequenceEqual(features) ? 1 : TensorPrimitives.CosineSimilarity<float>(expected, features) is var cosine && float.IsNaN(cosine) ? 0 : cosine;
}
