using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Microsoft.ML;

/// <summary>The engine's model file: a zip with the format's version, the input schema and the model.</summary>
internal static class ModelFile
{
    public const int Version = 1;

    private const string HeaderName = "engine.json";
    private const string SchemaName = "schema.bin";
    private const string ModelName = "model.bin";

    public static void Save(Stream stream, ITransformer model, DataViewSchema? inputSchema, MLContext context)
    {
        // The parts are written before the zip, so that a model that cannot be saved leaves no half of a file.
        var modelBytes = Part(context, save => save.Save(model));
        var schemaBytes = inputSchema is null ? null : Part(context, save => SchemaFormat.Write(save.Writer, inputSchema));
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Write(zip, HeaderName, Encoding.UTF8.GetBytes($$"""{"engine":"FeatureTransfer","format":{{Version}}}"""));
        if (schemaBytes is not null)
            Write(zip, SchemaName, schemaBytes);
        Write(zip, ModelName, modelBytes);
    }

    public static ITransformer Load(Stream stream, MLContext context, out DataViewSchema? inputSchema)
    {
        using var zip = Open(stream);
        try
        {
            CheckHeader(zip);
            inputSchema = ReadSchema(zip);
            var entry = zip.GetEntry(ModelName) ?? throw new FormatException($"The model file has no entry '{ModelName}': it is damaged.");
            using var model = Read(entry);
            return new ModelLoadContext(model, context).Load<ITransformer>();
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException or JsonException or KeyNotFoundException)
        {
            throw new FormatException("The model file is damaged: a part of it ends too early or is not what it should be. Save the model again.", e);
        }
    }

    private static DataViewSchema? ReadSchema(ZipArchive zip)
    {
        if (zip.GetEntry(SchemaName) is not { } schema)
            return null;
        using var reader = new BinaryReader(Read(schema), Encoding.UTF8);
        return SchemaFormat.Read(reader);
    }

    private static ZipArchive Open(Stream stream)
    {
        try
        {
            return new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException e)
        {
            throw new FormatException("This is not a model file: it is not a zip, or it is damaged.", e);
        }
    }

    private static void CheckHeader(ZipArchive zip)
    {
        if (zip.GetEntry(HeaderName) is not { } header)
        {
            bool isMLNet = zip.Entries.Any(e => e.FullName.StartsWith("TransformerChain", StringComparison.Ordinal) || e.Name == "Version.txt");
            throw new FormatException(isMLNet
                ? "This model was saved by ML.NET itself; the embedded engine reads only its own files. Load it with ML.NET, or export it to ONNX there and use ApplyOnnxModel."
                : "This zip is not a model file of the engine.");
        }
        using var stream = Read(header);
        using var json = JsonDocument.Parse(stream);
        int version = json.RootElement.GetProperty("format").GetInt32();
        if (version > Version)
            throw new FormatException($"The model file has format {version}, this engine reads up to {Version}: it needs a newer engine.");
    }

    private static byte[] Part(MLContext context, Action<ModelSaveContext> write)
    {
        using var bytes = new MemoryStream();
        using (var save = new ModelSaveContext(bytes, context))
            write(save);
        return bytes.ToArray();
    }

    private static void Write(ZipArchive zip, string name, byte[] bytes)
    {
        using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        entry.Write(bytes);
    }

    private static MemoryStream Read(ZipArchiveEntry entry)
    {
        using var source = entry.Open();
        var bytes = new MemoryStream();
        source.CopyTo(bytes);
        bytes.Position = 0;
        return bytes;
    }
}
