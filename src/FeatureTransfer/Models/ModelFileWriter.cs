using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.ML.Data;

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
    public void Write(string path, ITransformer model, DataViewSchema schema) => AtomicFile.Write(path, stream => WriteTo(stream, model, schema));

    /// <summary>The content of the file.</summary>
    public ReadOnlyMemory<byte> ToBytes(ITransformer model, DataViewSchema schema)
    {
        using var memory = new MemoryStream();
        WriteTo(memory, model, schema);
        return memory.GetBuffer().AsMemory(0, (int)memory.Length);
    }

    // Weights go straight to the file, which is read again for its seal: copies of them in memory cost more.
    private void WriteTo(Stream file, ITransformer model, DataViewSchema schema)
    {
        var parts = new List<WrittenPart>();
        var composites = new List<CompositePlace>();
        using var plain = new MemoryStream();
        try
        {
            var outside = ModelChain.Map(Prepare(model, schema), (part, folder) => part is IModelPart ours ? StandIn(ours, folder, parts) : part, (made, folder) => made is ICompositePart ours ? Spread(ours, folder, composites) : made);
            catalog.Save(outside, schema, plain);
        }
        finally
        {
            foreach (var part in parts)
                (part.Outside as IDisposable)?.Dispose();
        }

        using (var from = new ZipArchive(plain, ZipArchiveMode.Read))
        using (var to = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true) { Comment = ModelSeal.Blank })
            Copy(from, to, parts, composites);
        ModelSeal.Close(file);
    }

    // Each part saves itself for the kind of column that it will meet.
    private static ITransformer Prepare(ITransformer model, DataViewSchema schema) => ModelChain.Map(model, (part, _) =>
    {
        var prepared = part is IModelPart ours ? ours.For(schema) : part;
        schema = part.GetOutputSchema(schema);
        return prepared;
    });

    private void Copy(ZipArchive from, ZipArchive to, List<WrittenPart> parts, List<CompositePlace> composites)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in from.Entries)
        {
            using var stream = entry.Open();
            var graph = parts.Find(part => IsGraph(part.Folder, ModelEntries.Normalize(entry.FullName)))?.Graph;
            Add(to, entry.FullName, graph is null ? stream.CopyTo : copy => Write(graph, copy), hashes);
        }

        foreach (var (name, content) in _attachments)
            Add(to, name, stream => stream.Write(content), hashes);
        var manifest = new ModelManifest { Entries = hashes, Parts = [.. parts.Select(part => Describe(part.Part, part.Folder, hashes.Keys))], Composites = composites };
        Add(to, ModelEntries.Manifest, stream => JsonSerializer.Serialize(stream, manifest, ModelManifest.Json), []);
    }

    private static SavedPlace Describe(IModelPart part, string folder, IEnumerable<string> entries) => new()
    {
        Folder = folder,
        Kind = part.Kind,
        Part = JsonSerializer.SerializeToElement<object>(part.Describe(), ModelManifest.Json),
        Graph = entries.Select(ModelEntries.Normalize).Single(name => IsGraph(folder, name)),
    };

    private static bool IsGraph(string folder, string entry) => ModelEntries.IsIn(folder, entry) && entry.EndsWith($"/{ModelEntries.Graph}", StringComparison.Ordinal);

    // ML.NET would open a session on each graph and press its weights, which takes seconds: it is given one that is empty, and the real one is put in its place.
    private static ITransformer StandIn(IModelPart part, string folder, List<WrittenPart> parts)
    {
        var form = part.ToBuiltIn();
        var outside = form.Around(RowGraph.StandIn(form.Graph));
        parts.Add(new WrittenPart(folder, part, form.Graph, outside));
        return outside;
    }

    private static TransformerChain<ITransformer> Spread(ICompositePart composite, string folder, List<CompositePlace> composites)
    {
        composites.Add(new CompositePlace { Folder = folder, Kind = composite.Kind, Composite = JsonSerializer.SerializeToElement<object>(composite.Describe(), ModelManifest.Json) });
        return new TransformerChain<ITransformer>([.. composite.Parts]);
    }

    // Weights hardly become smaller, and unpacking them would take longer than reading them.
    private static void Add(ZipArchive zip, string name, Action<Stream> write, SortedDictionary<string, string> hashes)
    {
        var isGraph = ModelEntries.Normalize(name).EndsWith($"/{ModelEntries.Graph}", StringComparison.Ordinal);
        var entry = zip.CreateEntry(name, isGraph ? CompressionLevel.NoCompression : CompressionLevel.Fastest);
        entry.LastWriteTime = _always;
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(entry.Open(), hash, CryptoStreamMode.Write))
            write(stream);
        hashes.Add(ModelEntries.Normalize(name), Convert.ToHexStringLower(hash.Hash!));
    }

    // As ML.NET writes an array of bytes: its length first.
    private static void Write(OnnxModel graph, Stream stream)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, graph.Proto.CalculateSize());
        stream.Write(length);
        graph.WriteTo(stream);
    }

    private sealed record WrittenPart(string Folder, IModelPart Part, OnnxModel Graph, ITransformer Outside);
}
