using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Images;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace FeatureTransfer.Extraction.BuiltIn;

/// <summary>Makes tensors of one shape within ML.NET's custom mappings, which model files name by contract.</summary>
internal static class FixedMappings
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="BadInputException">The file cannot be used.</exception>
    public static void ReadFile(PathRow row, TensorRow tensor) => Read(row.Preparation, ImageFile.ReadAllBytes(row.Path), tensor, row.Path);

    /// <summary>Reads an encoded input.</summary>
    /// <exception cref="BadInputException">The bytes cannot be used.</exception>
    public static void ReadBytes(BytesRow row, TensorRow tensor) => Read(row.Preparation, row.Bytes, tensor, "the image");

    private static void Read(string preparation, byte[] content, TensorRow tensor, string name)
    {
        var rows = (FixedPreparation)KnownPreparations.Of(preparation);
        rows.Read(content, tensor.Of((int)rows.RowShape.Aggregate(1L, (product, size) => product * size)), name);
    }
}

/// <summary>What a network reads.</summary>
internal sealed class TensorRow
{
    [ColumnName(RowGraph.Input)]
    public float[] Values { get; set; } = [];

    /// <summary>The memory of the row before, if it fits.</summary>
    public float[] Of(int length)
    {
        if (Values.Length != length)
            Values = new float[length];
        return Values;
    }
}

/// <summary>What <see cref="FixedMappings.ReadFile"/> is called in model files.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ImageFileFactory : CustomMappingFactory<PathRow, TensorRow>
{
    public const string Contract = "FeatureTransfer.ImageFile/1";

    public override Action<PathRow, TensorRow> GetMapping() => FixedMappings.ReadFile;
}

/// <summary>What <see cref="FixedMappings.ReadBytes"/> is called in model files.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ImageBytesFactory : CustomMappingFactory<BytesRow, TensorRow>
{
    public const string Contract = "FeatureTransfer.ImageBytes/1";

    public override Action<BytesRow, TensorRow> GetMapping() => FixedMappings.ReadBytes;
}
