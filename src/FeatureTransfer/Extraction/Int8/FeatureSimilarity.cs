using System.Numerics.Tensors;
using FeatureTransfer.Devices;
using FeatureTransfer.Onnx.Quantization;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Extraction.Int8;

/// <summary>How near features in integers are to those in floats.</summary>
internal static class FeatureSimilarity
{
    /// <summary>The mean cosine similarity over the sample that the model was calibrated on.</summary>
    public static double Mean(StaticModel made, IEnumerable<float[]> sample, long[] row, CancellationToken cancellationToken)
    {
        using var session = DeviceSessions.Open(made.Model, made.Model.Name, new SessionSettings { Device = Device.Cpu, AllowSpinning = false });
        return sample.Zip(made.Expected, (tensor, expected) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Of(expected, Run(session, tensor, row));
        }).Average();
    }

    private static float[] Run(InferenceSession session, float[] tensor, long[] row)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(tensor, [1, .. row]);
        using var options = new RunOptions();
        using var results = session.Run(options, [session.InputNames[0]], [input], session.OutputNames);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    // Two vectors of zeros are alike, though they have no angle.
    private static double Of(float[] expected, float[] features) =>
        expected.AsSpan().SequenceEqual(features) ? 1 : TensorPrimitives.CosineSimilarity<float>(expected, features) is var cosine && float.IsNaN(cosine) ? 0 : cosine;
}
