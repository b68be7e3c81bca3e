using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML.Vision;

/// <summary>A network that takes images and gives one vector an image.</summary>
internal sealed class ImageNetwork : IDisposable
{
    private const int UsualBatch = 16;

    private readonly InferenceSession _session;
    private readonly string _output;

    public ImageNetwork(byte[] model, ImageInput input, OnnxSettings settings)
    {
        Model = model;
        Input = input;
        _session = OnnxModelSource.OfBytes(model).Open(settings);
        _output = _session.OutputMetadata.Keys.Single();
        // A network whose batch is fixed takes images one by one.
        MaxRows = _session.InputMetadata[input.Name].Dimensions[0] < 0 ? UsualBatch : 1;
    }

    /// <summary>The ONNX file, of one output.</summary>
    public byte[] Model { get; }

    public ImageInput Input { get; }

    /// <summary>The most images that go through at once.</summary>
    public int MaxRows { get; }

    public static OnnxSettings Settings(MLContext context) => new(context.GpuDeviceId, context.FallbackToCpu, new Dictionary<string, int[]>());

    /// <summary>The vectors of so many images, one after the other.</summary>
    public float[] Run(float[] tensor, int rows)
    {
        using var images = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, tensor.AsMemory(0, rows * Input.Length), Input.Shape(rows));
        using var options = new RunOptions();
        using var results = _session.Run(options, [Input.Name], [images], [_output]);
        var vectors = results[0].GetTensorDataAsSpan<float>().ToArray();
        return vectors.Length > 0 && vectors.Length % rows == 0
            ? vectors
            : throw new InvalidOperationException($"The network gives {vectors.Length} values for {rows} images: it does not give one vector an image.");
    }

    public void Dispose() => _session.Dispose();
}
