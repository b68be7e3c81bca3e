using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Extraction.Int8;

/// <summary>The first inputs, encoded as they came: prepared they would need a hundred times the memory.</summary>
/// <param name="preparation">How they become tensors.</param>
/// <param name="contents">Their contents.</param>
internal sealed class CalibrationSample(FixedPreparation preparation, IReadOnlyList<ReadOnlyMemory<byte>> contents)
{
    /// <summary>The encoded inputs.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Contents => contents;

    /// <summary>Reads a sample; files that cannot be read are left to the extraction to report.</summary>
    public static CalibrationSample Of(FixedPreparation preparation, IEnumerable<FeatureInput> inputs, int rows) =>
        new(preparation, [.. inputs.Select(Content).OfType<ReadOnlyMemory<byte>>().Take(rows)]);

    /// <summary>The tensors one after the other, in memory that the next uses again; what is no image has none.</summary>
    public IEnumerable<float[]> Tensors()
    {
        var tensor = new float[preparation.RowShape.Aggregate(1L, (product, size) => product * size)];
        return contents.Where(content => IsRead(content, tensor)).Select(_ => tensor);
    }

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
