using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML.Vision;

/// <summary>A network that takes images and gives one vector an image.</summary>
internal sealed class ImageNetwork : IDisposable
{
    private const int UsualBatch = 16;

    private readonly InferenceSession _session;
    private readonly string _output;
    private readonly bool _isFixed;

    public ImageNetwork(byte[] model, ImageInput input, OnnxSettings settings)
    {
        Model = model;
        Input = input;
        _session = OnnxModelSource.OfBytes(model).Open(settings);
        _output = _session.OutputMetadata.Keys.Single();
        int batch = _session.InputMetadata[input.Name].Dimensions[0];
        _isFixed = batch > 0;
        MaxRows = _isFixed ? batch : UsualBatch;
    }

    /// <summary>The ONNX file, of one output.</summary>
    public byte[] Model { get; }

    public ImageInput Input { get; }

    /// <summary>The most images that go through at once.</summary>
    public int MaxRows { get; }

    public static OnnxSettings Settings(MLContext context) => new(context.GpuDeviceId, context.FallbackToCpu, new Dictionary<string, int[]>());

    /// <summary>The vectors of so many images, one after the other. The tensor has room for <see cref="MaxRows"/>.</summary>
    public ReadOnlyMemory<float> Run(float[] tensor, int rows)
    {
        // Where the network fixes its batch, what lies behind the images goes along.
        int batch = _isFixed ? MaxRows : rows;
        using var images = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, tensor.AsMemory(0, batch * Input.Length), Input.Shape(batch));
        using var options = new RunOptions();
        using var results = _session.Run(options, [Input.Name], [images], [_output]);
        var vectors = results[0].GetTensorDataAsSpan<float>().ToArray();
        return vectors.Length > 0 && vectors.Length % batch == 0
            ? vectors.AsMemory(0, vectors.Length / batch * rows)
            : throw new InvalidOperationException($"The network gives {vectors.Length} values for {batch} images: it does not give one vector an image.");
    }

    public void Dispose() => _session.Dispose();
}
