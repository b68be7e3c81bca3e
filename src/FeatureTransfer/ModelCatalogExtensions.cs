using FeatureTransfer.Export;
using FeatureTransfer.Models;

namespace FeatureTransfer;

/// <summary>What FeatureTransfer adds to <c>ml.Model</c>.</summary>
public static class ModelCatalogExtensions
{
    private const string NoName = "the stream";

    /// <summary>
    /// Writes a model file that <c>ml.Model.Load</c> opens as any other, a row at a time, and <see cref="LoadBundle(ModelOperationsCatalog, string, out DataViewSchema, FeatureTransferServices?)"/>
    /// with all that the parts can do. The file appears when it is whole.
    /// </summary>
    /// <param name="catalog">The model operations of an ML context.</param>
    /// <param name="model">A transformer or a chain.</param>
    /// <param name="inputSchema">The columns that it reads.</param>
    /// <param name="path">The file, by custom <c>.ftm</c>.</param>
    /// <exception cref="FeatureTransferException">The file cannot be written.</exception>
    public static void SaveBundle(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema inputSchema, string path)
    {
        Check(catalog, model, inputSchema);
        ArgumentException.ThrowIfNullOrEmpty(path);
        new ModelFileWriter(catalog).Write(path, model, inputSchema);
    }

    /// <summary>Writes a model file to a stream, which need not be one that can be sought in; it is left open.</summary>
    /// <param name="catalog">The model operations of an ML context.</param>
    /// <param name="model">A transformer or a chain.</param>
    /// <param name="inputSchema">The columns that it reads.</param>
    /// <param name="stream">Takes the file.</param>
    public static void SaveBundle(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        Check(catalog, model, inputSchema);
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(new ModelFileWriter(catalog).ToBytes(model, inputSchema).Span);
    }

    /// <summary>Opens a model file: checks that it is as it was written, and gives the chain with parts that work in batches, through the cache and on devices.</summary>
    /// <param name="catalog">The model operations of an ML context.</param>
    /// <param name="path">The <c>.ftm</c> file; neither training data nor a network is needed.</param>
    /// <param name="inputSchema">The columns that the model reads.</param>
    /// <param name="services">Where features are kept and who is told. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <returns>The model. Dispose of it to free its sessions.</returns>
    /// <exception cref="FeatureTransferException">The file is missing, damaged (the message names the entry), of another kind or of another version.</exception>
    public static ITransformer LoadBundle(this ModelOperationsCatalog catalog, string path, out DataViewSchema inputSchema, FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        using var file = ModelFile.Read(path);
        return file.Open(catalog, services ?? FeatureTransferServices.Default, out inputSchema);
    }

    /// <summary>Opens a model file from a stream, which is read to its end and left open.</summary>
    /// <param name="catalog">The model operations of an ML context.</param>
    /// <param name="stream">The file.</param>
    /// <param name="inputSchema">The columns that the model reads.</param>
    /// <param name="services">Where features are kept and who is told. Default <see cref="FeatureTransferServices.Default"/>.</param>
    /// <returns>The model. Dispose of it to free its sessions.</returns>
    /// <exception cref="FeatureTransferException">The file is damaged (the message names the entry), of another kind or of another version.</exception>
    public static ITransformer LoadBundle(this ModelOperationsCatalog catalog, Stream stream, out DataViewSchema inputSchema, FeatureTransferServices? services = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(stream);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        using var file = ModelFile.Read(memory.ToArray(), NoName);
        return file.Open(catalog, services ?? FeatureTransferServices.Default, out inputSchema);
    }

    /// <summary>
    /// Writes a whole chain as one ONNX file that plain ONNX Runtime runs: from decoded pixels (batch, height, width, 3), or token ids and
    /// mask (batch, tokens), through the backbone and what follows, to <c>scores</c> (batch, classes) and <c>label</c> (batch). How an image
    /// becomes pixels, a text tokens, and what the labels are is in the file's metadata, as <c>featuretransfer.model</c>. The file appears when it is whole.
    /// </summary>
    /// <param name="catalog">The model operations of an ML context.</param>
    /// <param name="model">A chain that ends with a trainer; steps that only the label needs are left out.</param>
    /// <param name="rows">Rows as the chain reads them; only their columns count.</param>
    /// <param name="path">The <c>.onnx</c> file.</param>
    /// <exception cref="FeatureTransferException">A step that the scores need has no form in ONNX, the message names it; or the file cannot be written.</exception>
    public static void ExportOnnx(this ModelOperationsCatalog catalog, ITransformer model, IDataView rows, string path)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentException.ThrowIfNullOrEmpty(path);
        OnnxExport.Of(catalog, model, rows.Schema).Save(path);
    }

    private static void Check(ModelOperationsCatalog catalog, ITransformer model, DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputSchema);
    }
}
