using Google.Protobuf;
using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML;

/// <summary>Writes a fitted model as an ONNX file.</summary>
public static class OnnxExportExtensions
{
    // The operators used are the same in these versions.
    private const int MinOpSet = 11;
    private const int MaxOpSet = 21;
    private const int DefaultOpSet = 13;

    public static void ConvertToOnnx(this ModelOperationsCatalog catalog, ITransformer transform, IDataView inputData, Stream stream) =>
        Write(catalog, transform, inputData, null, DefaultOpSet, stream);

    public static void ConvertToOnnx(
        this ModelOperationsCatalog catalog, ITransformer transform, IDataView inputData, int opSetVersion, Stream stream) =>
        Write(catalog, transform, inputData, null, opSetVersion, stream);

    public static void ConvertToOnnx(
        this ModelOperationsCatalog catalog, ITransformer transform, IDataView inputData, Stream stream, params string[] outputColumns)
    {
        ArgumentNullException.ThrowIfNull(outputColumns);
        Write(catalog, transform, inputData, outputColumns.Length == 0 ? null : outputColumns, DefaultOpSet, stream);
    }

    private static void Write(
        ModelOperationsCatalog catalog, ITransformer transform, IDataView inputData, string[]? outputs, int opSetVersion, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(inputData);
        ArgumentNullException.ThrowIfNull(stream);
        Check.Param(
            opSetVersion is >= MinOpSet and <= MaxOpSet, nameof(opSetVersion), $"Must be from {MinOpSet} to {MaxOpSet}, was {opSetVersion}");
        // The model is whole before the stream sees any of it.
        OnnxExport.Convert(transform, inputData.Schema, outputs, opSetVersion).WriteTo(stream);
    }
}
