using System.IO.Compression;
using System.Text.Json;

namespace FeatureTransfer.Models;

/// <summary>A model file that was read and checked.</summary>
internal sealed class ModelFile : IDisposable
{
    private readonly ReadOnlyMemory<byte> _content;
    private readonly MemoryStream _stream;
    private readonly ZipArchive _zip;

    private ModelFile(string name, byte[] content)
    {
        // In memory it holds nothing that would have to be freed when the rest fails.
        Name = name;
        _stream = new MemoryStream(content);
        _zip = new ZipArchive(_stream);
        if (!ModelSeal.IsWhole(content))
            throw ModelDamage.Find(name, _zip);
        Manifest = ModelDamage.ReadManifest(name, _zip);
        Seal = ModelSeal.Read(content);
        _content = new KnownArray(content, Seal).Memory;
    }

    /// <summary>Its path, or a name for a stream.</summary>
    public string Name { get; }

    /// <summary>A SHA-256 of all that stands before it in the file, as lower-case hexadecimal.</summary>
    public string Seal { get; }

    /// <summary>What it says of itself.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>Reads a file and checks that it is as it was written.</summary>
    /// <exception cref="FeatureTransferException">It is missing, of another kind, damaged, or of another version.</exception>
    public static ModelFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new FeatureTransferException($"{path}: is a folder. Expected an .ftm file that 'ft run' or ml.Model.SaveBundle wrote{Within(path)}.");
        try
        {
            return Read(LargeArray.ReadFile(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, exception);
        }
    }

    /// <summary>Reads a file from memory and checks that it is as it was written.</summary>
    /// <param name="content">The content.</param>
    /// <param name="name">What to call it in messages.</param>
    public static ModelFile Read(byte[] content, string name)
    {
        try
        {
            return new ModelFile(name, content);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or JsonException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            // Halves of surrogate pairs in names are no JSON to some versions of .NET's reader, and an invalid operation to others.
            throw Unreadable(name, exception);
        }
    }

    /// <summary>The model, with parts of ours in the place of the built-in transformers that stand for them.</summary>
    /// <param name="catalog">ML.NET's reader.</param>
    /// <param name="services">Where features are kept and who is told.</param>
    /// <param name="read">Reads what the file says of a part.</param>
    /// <param name="readComposite">Reads what the file says of a composite.</param>
    /// <param name="schema">The columns that the model wants.</param>
    public ITransformer Open(
        ModelOperationsCatalog catalog, FeatureTransferServices services, Func<SavedPlace, SavedPart> read, Func<CompositePlace, SavedComposite> readComposite, out DataViewSchema schema)
    {
        OnnxRuntimeLibrary.LoadAhead();
        var composites = Manifest.Composites.ToDictionary(place => place.Folder, readComposite, StringComparer.Ordinal);
        var opened = new Dictionary<string, ITransformer>(StringComparer.Ordinal);

        // ML.NET's parts and ours are opened side by side.
        var loading = ModelSkeleton.Begin(catalog, Name, _zip, [.. Manifest.Parts.Select(place => place.Folder)]);
        try
        {
            foreach (var place in Manifest.Parts)
                opened.Add(place.Folder, read(place).Open(Graph(place.Graph), services));
            (var model, schema) = loading.GetAwaiter().GetResult();
            return ModelChain.Map(
                model,
                (old, folder) => opened.GetValueOrDefault(folder) ?? old,
                (made, folder) => composites.TryGetValue(folder, out var composite) ? composite.Open(ModelChain.Parts(made)!) : made);
        }
        catch (Exception)
        {
            foreach (var part in opened.Values)
                (part as IDisposable)?.Dispose();

            // Where ML.NET cannot load the file either, its reason goes first.
            (loading.GetAwaiter().GetResult().Model as IDisposable)?.Dispose();
            throw;
        }
    }

    /// <summary>The graphs of our parts.</summary>
    public IEnumerable<OnnxModel> Graphs() => Manifest.Parts.Select(place => Graph(place.Graph));

    /// <summary>What a writer put beside the model; null where there is none of this name.</summary>
    public byte[]? Attachment(string name) => Find(ModelEntries.Folder + name) is { } entry ? ModelDamage.ReadAll(Name, entry) : null;

    /// <summary>Writes what ML.NET itself reads of the file, as a file of its own.</summary>
    public void WritePlain(string path) => AtomicFile.Write(path, stream =>
    {
        using var plain = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var entry in _zip.Entries.Where(entry => !entry.FullName.StartsWith(ModelEntries.Folder, StringComparison.Ordinal)))
        {
            var copy = plain.CreateEntry(entry.FullName, CompressionLevel.Fastest);
            copy.LastWriteTime = entry.LastWriteTime;
            using var to = copy.Open();
            to.Write(ModelDamage.ReadAll(Name, entry));
        }
    });

    /// <summary>Frees the file's memory.</summary>
    public void Dispose() => _zip.Dispose();

    // ML.NET writes how long the graph is, then the graph.
    private OnnxModel Graph(string entry)
    {
        var content = Content(Find(entry) ?? throw new FeatureTransferException($"{Name}: the graph {entry} is missing. Save the model again."));
        var name = $"{Name}/{entry}";
        var wrapped = OnnxModel.Alias(content[Math.Min(sizeof(int), content.Length)..], name);
        return RowGraph.Unwrap(wrapped) ?? throw new FeatureTransferException($"{name}: is no graph that FeatureTransfer wrote. Save the model again.");
    }

    // The seal vouches for all bytes of the file, so that those of an entry need no checksum.
    private ReadOnlyMemory<byte> Content(ZipArchiveEntry entry)
    {
        try
        {
            if (StoredEntry.Find(_content, _stream, entry) is { } stored)
                return stored;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or NotSupportedException)
        {
            // The reason is said where it is read as a whole.
        }

        return ModelDamage.ReadAll(Name, entry);
    }

    private ZipArchiveEntry? Find(string name) => _zip.Entries.FirstOrDefault(entry => ModelEntries.Normalize(entry.FullName) == name);

    private static string Within(string folder) => Directory.EnumerateFiles(folder, "*.ftm").Order(StringComparer.Ordinal).FirstOrDefault() is { } file ? $", such as {file}" : "";

    private static FeatureTransferException Unreadable(string name, Exception exception) => new(
        $"{name}: the model file cannot be opened ({exception.Message}) Expected an .ftm file that 'ft run' or ml.Model.SaveBundle wrote.", exception);
}
