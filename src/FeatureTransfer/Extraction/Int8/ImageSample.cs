using FeatureTransfer.Inputs;
using FeatureTransfer.Onnx.Quantization;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Extraction.Int8;

/// <summary>A sample of images.</summary>
/// <param name="preparation">How they become tensors.</param>
/// <param name="contents">Their contents.</param>
internal sealed class ImageSample(FixedPreparation preparation, IReadOnlyList<ReadOnlyMemory<byte>> contents) : CalibrationSample(contents)
{
    private static readonly StaticQuantizationOptions _quantization = new();

    public override string Fingerprint => preparation.Fingerprint;

    public override string Method => _quantization.ToString();

    public override QuantizedModel Quantize(OnnxModel graph, CancellationToken cancellationToken) =>
        StaticProducts.Apply(graph, Tensors(), preparation.RowShape, _quantization, [], cancellationToken);

    public override IEnumerable<float[]> Run(InferenceSession session) => Tensors().Select(tensor =>
    {
        using var input = OrtValue.CreateTensorValueFromMemory(tensor, [1, .. preparation.RowShape]);
        using var options = new RunOptions();
        using var results = session.Run(options, [session.InputNames[0]], [input], session.OutputNames);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    });

    // One after the other, in memory that the next uses again; what is no image has none.
    private IEnumerable<float[]> Tensors()
    {
        var tensor = new float[preparation.RowShape.Aggregate(1L, (product, size) => product * size)];
        return Contents.Where(content => IsRead(content, tensor)).Select(_ => tensor);
    }

    private bool IsRead(ReadOnlyMemory<byte> content, float[] tensor)
    {
        try
        {
            preparation.Read(content, tensor, "");
            return true;
        }
        catch (BadInputException)
        {
            return false;
        }
    }
}
