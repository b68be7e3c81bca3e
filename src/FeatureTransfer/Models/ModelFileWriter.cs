using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace FeatureTransfer.Models;

/// <summary>Writes model files: ML.NET's own, with a manifest and whatever else the writer wants beside the model.</summary>
internal sealed class ModelFileWriter(ModelOperationsCatalog catalog)
{
    // The same model gives the same file.
    private static readonly DateTimeOffset _always = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SortedDictionary<string, byte[]> _attachments = new(StringComparer.Ordinal);

    /// <summary>Adds an entry of the writer's own.</summary>
    /// <param name="name">Its name, within the folder that ML.NET passes over.</param>
    /// <param name="content">Its content.</param>
    public ModelFileWriter Attach(string name, byte[] content)
    {
        _attachments.Add(ModelEntries.Folder + name, content);
        return this;
    }

    /// <summary>Writes the file; it appears when it is whole.</summary>
    public void Write(string path, ITransformer model, DataViewSchema schema)
    {
        var file = ToBytes(model, schema);
        AtomicFile.Write(path, stream => stream.Write(file.Span));
    }

    /// <summary>The content of the file.</summary>
    public ReadOnlyMemory<byte> ToBytes(ITransformer model, DataViewSchema schema)
    {
        var parts = new List<(string Folder, IModelPart Part)>();
        model = Prepare(model, schema);
        ModelChain.Map(model, (part, folder) =>
        {
            if (part is IModelPart ours)
                parts.Add((folder, ours));
            return part;
        });

        using var plain = new MemoryStream();
        catalog.Save(model, schema, plain);
        using var memory = new MemoryStream((int)plain.Length);
        using (var from = new ZipArchive(plain, ZipArchiveMode.Read))
        using (var to = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true) { Comment = ModelSeal.Blank })
            Copy(from, to, parts);
        var file = memory.GetBuffer().AsMemory(0, (int)memory.Length);
        ModelSeal.Close(file.Span);
        return file;
    }

    // Each part saves itself for the kind of column that it will meet.
    private static ITransformer Prepare(ITransformer model, DataViewSchema schema) => ModelChain.Map(model, (part, _) =>
    {
        var prepared = part is IModelPart ours ? ours.For(schema) : part;
        schema = part.GetOutputSchema(schema);
        return prepared;
    });

    private void Copy(ZipArchive from, ZipArchive to, List<(string Folder, IModelPart Part)> parts)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in from.Entries)
        {
            using var stream = entry.Open();
            Add(to, entry.FullName, ReadAll(stream, entry.Length), hashes);
        }

        foreach (var (name, content) in _attachments)
            Add(to, name, content, hashes);
        var manifest = new ModelManifest { Entries = hashes, Parts = [.. parts.Select(part => Describe(part.Part, part.Folder, hashes.Keys))] };
        Add(to, ModelEntries.Manifest, JsonSerializer.SerializeToUtf8Bytes(manifest, ModelManifest.Json), []);
    }

    private static SavedPlace Describe(IModelPart part, string folder, IEnumerable<string> entries) => new()
    {
        Folder = folder,
        Kind = part.Kind,
        Part = JsonSerializer.SerializeToElement<object>(part.Describe(), ModelManifest.Json),
        Graph = entries.Select(ModelEntries.Normalize).Single(name => ModelEntries.IsIn(folder, name) && name.EndsWith($"/{ModelEntries.Graph}", StringComparison.Ordinal)),
    };

    // Weights hardly become smaller, and unpacking them would take longer than reading them.
    private static void Add(ZipArchive zip, string name, byte[] content, SortedDictionary<string, string> hashes)
    {
        var isGraph = ModelEntries.Normalize(name).EndsWith($"/{ModelEntries.Graph}", StringComparison.Ordinal);
        var entry = zip.CreateEntry(name, isGraph ? CompressionLevel.NoCompression : CompressionLevel.Fastest);
        entry.LastWriteTime = _always;
        using var stream = entry.Open();
        stream.Write(content);
        hashes.Add(ModelEntries.Normalize(name), Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    private static byte[] ReadAll(Stream stream, long length)
    {
        var content = new byte[length];
        stream.ReadExactly(content);
        return content;
    }
}
