using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Onnx.Quantization;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Extraction.Int8;

/// <summary>A sample of texts; of a long one the first window counts.</summary>
/// <param name="preparation">How they become tokens.</param>
/// <param name="contents">Their contents.</param>
internal sealed class TextSample(TextPreparation preparation, IReadOnlyList<ReadOnlyMemory<byte>> contents) : CalibrationSample(contents)
{
    public override string Fingerprint => preparation.Fingerprint;

    public override string Method => nameof(TokenProducts);

    public override QuantizedModel Quantize(OnnxModel graph, CancellationToken cancellationToken) => TokenProducts.Apply(graph, Tokens(), cancellationToken);

    public override IEnumerable<float[]> Run(InferenceSession session) => Tokens().Select(inputs =>
    {
        using var options = new RunOptions();
        using var results = session.Run(options, session.InputNames, [.. session.InputNames.Select(name => inputs[name])], session.OutputNames);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    });

    private IEnumerable<IReadOnlyDictionary<string, OrtValue>> Tokens()
    {
        foreach (var content in Contents)
        {
            if (Window(content) is not { } window)
                continue;
            var inputs = preparation.Batch([window]).ToDictionary(tensor => tensor.Name, tensor => tensor.ToOrtValue(), StringComparer.Ordinal);
            try
            {
                yield return inputs;
            }
            finally
            {
                foreach (var value in inputs.Values)
                    value.Dispose();
            }
        }
    }

    private Window? Window(ReadOnlyMemory<byte> content)
    {
        try
        {
            return preparation.Read(content, "")[0];
        }
        catch (BadInputException)
        {
            return null;
        }
    }
}
