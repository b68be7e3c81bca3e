using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Images;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace FeatureTransfer.Extraction.BuiltIn;

/// <summary>Makes windows of samples within ML.NET's custom mappings, which model files name by contract.</summary>
internal static class SampleMappings
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="BadInputException">The file cannot be used.</exception>
    public static void ReadFile(PathRow row, SamplesRow samples) => Read(row.Preparation, ImageFile.ReadAllBytes(row.Path), samples, row.Path);

    /// <summary>Reads an encoded recording.</summary>
    /// <exception cref="BadInputException">The bytes cannot be used.</exception>
    public static void ReadBytes(BytesRow row, SamplesRow samples) => Read(row.Preparation, row.Bytes, samples, "the recording");

    private static void Read(string text, byte[] content, SamplesRow samples, string name)
    {
        var preparation = (WindowPreparation)KnownPreparations.Of(text);
        var batch = preparation.Batch(preparation.Read(content, name));
        (samples.Samples, samples.Shape) = ((float[])batch[0].Values, batch[0].Shape);
    }
}

/// <summary>What a network of recordings reads: the windows of one, one after the other.</summary>
internal sealed class SamplesRow
{
    [ColumnName("FeatureTransfer.Tensor0")]
    public float[] Samples { get; set; } = [];

    [ColumnName(RowGraph.WindowShape)]
    public long[] Shape { get; set; } = [];
}

/// <summary>What <see cref="SampleMappings.ReadFile"/> is called in model files.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class AudioFileFactory : CustomMappingFactory<PathRow, SamplesRow>
{
    public const string Contract = "FeatureTransfer.AudioFile/1";

    public override Action<PathRow, SamplesRow> GetMapping() => SampleMappings.ReadFile;
}

/// <summary>What <see cref="SampleMappings.ReadBytes"/> is called in model files.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class AudioBytesFactory : CustomMappingFactory<BytesRow, SamplesRow>
{
    public const string Contract = "FeatureTransfer.AudioBytes/1";

    public override Action<BytesRow, SamplesRow> GetMapping() => SampleMappings.ReadBytes;
}
