using FeatureTransfer.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Tests.Shared;

/// <summary>Runs models in plain ONNX Runtime.</summary>
internal static class Onnxes
{
    public static IReadOnlyDictionary<string, float[]> Run(OnnxModel model, float[] input, long[] shape)
    {
        using var session = new InferenceSession(model.ToBytes());
        using var value = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var options = new RunOptions();
        using var results = session.Run(options, [session.InputNames[0]], [value], session.OutputNames);
        return session.OutputNames.Zip(results).ToDictionary(pair => pair.First, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray());
    }
}
