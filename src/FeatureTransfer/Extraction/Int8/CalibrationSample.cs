using FeatureTransfer.Extraction.Flow;
using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Extraction.Int8;

/// <summary>The first inputs that can be read, encoded as they came: prepared they would need a hundred times the memory.</summary>
/// <param name="preparation">How they become tensors.</param>
/// <param name="contents">Their contents.</param>
internal sealed class CalibrationSample(FixedPreparation preparation, IReadOnlyList<ReadOnlyMemory<byte>> contents)
{
    /// <summary>The encoded inputs.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Contents => contents;

    /// <summary>Reads a sample; what cannot be read is left to the extraction to report.</summary>
    public static CalibrationSample Of(FixedPreparation preparation, IEnumerable<FeatureInput> inputs, int rows)
    {
        List<ReadOnlyMemory<byte>> contents = [];
        var tensor = new float[LengthOf(preparation)];
        foreach (var input in inputs)
        {
            try
            {
                var content = input.Bytes ?? ImageFile.ReadAllBytes(input.Name);
                preparation.Read(content, tensor, input.Name);
                contents.Add(content);
            }
            catch (BadInputException)
            {
                continue;
            }

            if (contents.Count == rows)
                break;
        }

        return new CalibrationSample(preparation, contents);
    }

    /// <summary>The tensors one after the other, in memory that the next uses again.</summary>
    public IEnumerable<float[]> Tensors()
    {
        var tensor = new float[LengthOf(preparation)];
        foreach (var content in contents)
        {
            preparation.Read(content, tensor, "");
            yield return tensor;
        }
    }

    private static long LengthOf(FixedPreparation preparation) => preparation.RowShape.Aggregate(1L, (product, size) => product * size);
}
