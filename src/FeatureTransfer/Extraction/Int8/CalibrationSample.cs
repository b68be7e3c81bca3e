using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Onnx.Quantization;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Extraction.Int8;

/// <summary>The first inputs, encoded as they came: prepared they would need a hundred times the memory.</summary>
/// <param name="contents">Their contents.</param>
internal abstract class CalibrationSample(IReadOnlyList<ReadOnlyMemory<byte>> contents)
{
    /// <summary>The encoded inputs.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Contents => contents;

    /// <summary>How inputs become tensors, as text.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>How the integers are chosen, as text.</summary>
    public abstract string Method { get; }

    /// <summary>Reads a sample; files that cannot be read are left to the extraction to report.</summary>
    /// <param name="graph">The graph, for what is said of it.</param>
    /// <param name="preparation">How inputs become its tensors.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="rows">How many are read, at most.</param>
    /// <exception cref="FeatureTransferException">The graph reads recordings.</exception>
    public static CalibrationSample Of(OnnxModel graph, Preparation preparation, IEnumerable<FeatureInput> inputs, int rows)
    {
        IEnumerable<ReadOnlyMemory<byte>> contents = inputs.Select(Content).OfType<ReadOnlyMemory<byte>>().Take(rows);
        return preparation switch
        {
            FixedPreparation images => new ImageSample(images, [.. contents]),
            TextPreparation texts => new TextSample(texts, [.. contents]),
            _ => throw new FeatureTransferException($"{graph.Name}: {nameof(Precision)}.{nameof(Precision.Int8)} is for images and texts, and this backbone takes {preparation.Modality.ToString().ToLowerInvariant()}. Stay with floats."),
        };
    }

    /// <summary>A graph in integers, calibrated on the sample.</summary>
    public abstract QuantizedModel Quantize(OnnxModel graph, CancellationToken cancellationToken);

    /// <summary>What a graph gives for the sample, an element each.</summary>
    public abstract IEnumerable<float[]> Run(InferenceSession session);

    private static ReadOnlyMemory<byte>? Content(FeatureInput input)
    {
        try
        {
            return input.Bytes ?? ImageFile.ReadAllBytes(input.Name);
        }
        catch (BadInputException)
        {
            return null;
        }
    }
}
