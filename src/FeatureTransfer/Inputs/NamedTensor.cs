using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Inputs;

/// <summary>A tensor for an input of a graph: 64-bit integers or floats.</summary>
/// <param name="Name">The input.</param>
/// <param name="Values">An array of <see cref="long"/> or <see cref="float"/>.</param>
/// <param name="Shape">Its shape, (windows, length).</param>
internal sealed record NamedTensor(string Name, Array Values, long[] Shape)
{
    /// <summary>The same for ONNX Runtime; the caller disposes of it.</summary>
    public OrtValue ToOrtValue() => Values is long[] whole
        ? OrtValue.CreateTensorValueFromMemory(whole, Shape)
        : OrtValue.CreateTensorValueFromMemory((float[])Values, Shape);
}
