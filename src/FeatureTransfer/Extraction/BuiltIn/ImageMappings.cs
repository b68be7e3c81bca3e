using System.Collections.Concurrent;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Models;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace FeatureTransfer.Extraction.BuiltIn;

/// <summary>Makes tensors of images within ML.NET's custom mappings, which model files name by contract.</summary>
internal static class ImageMappings
{
    // Preprocessors are safe for many threads, and a process sees few recipes.
    private static readonly ConcurrentDictionary<string, ImagePreprocessor> _preprocessors = new(StringComparer.Ordinal);

    /// <summary>Reads a file.</summary>
    /// <exception cref="BadInputException">The file cannot be used.</exception>
    public static void ReadFile(PathRow row, TensorRow tensor)
    {
        var preprocessor = Preprocessor(row.Recipe);
        preprocessor.ReadFile(row.Path, tensor.Of(preprocessor.Recipe.TensorLength));
    }

    /// <summary>Reads an encoded image.</summary>
    /// <exception cref="BadInputException">The bytes cannot be used.</exception>
    public static void ReadBytes(BytesRow row, TensorRow tensor)
    {
        var preprocessor = Preprocessor(row.Recipe);
        preprocessor.Read(row.Bytes, tensor.Of(preprocessor.Recipe.TensorLength), "the image");
    }

    private static ImagePreprocessor Preprocessor(string recipe) => _preprocessors.GetOrAdd(recipe, text => new ImagePreprocessor(ImageRecipeText.Parse(text)));
}

/// <summary>A file and what becomes of it.</summary>
internal sealed class PathRow
{
    [ColumnName(HelperColumns.Input)]
    public string Path { get; set; } = "";

    [ColumnName(HelperColumns.Recipe)]
    public string Recipe { get; set; } = "";
}

/// <summary>An encoded image and what becomes of it.</summary>
internal sealed class BytesRow
{
    [ColumnName(HelperColumns.Input)]
    public byte[] Bytes { get; set; } = [];

    [ColumnName(HelperColumns.Recipe)]
    public string Recipe { get; set; } = "";
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

/// <summary>What <see cref="ImageMappings.ReadFile"/> is called in model files.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ImageFileFactory : CustomMappingFactory<PathRow, TensorRow>
{
    public const string Contract = "FeatureTransfer.ImageFile/1";

    public override Action<PathRow, TensorRow> GetMapping() => ImageMappings.ReadFile;
}

/// <summary>What <see cref="ImageMappings.ReadBytes"/> is called in model files.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ImageBytesFactory : CustomMappingFactory<BytesRow, TensorRow>
{
    public const string Contract = "FeatureTransfer.ImageBytes/1";

    public override Action<BytesRow, TensorRow> GetMapping() => ImageMappings.ReadBytes;
}
