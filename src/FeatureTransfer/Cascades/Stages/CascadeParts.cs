using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FeatureTransfer.Cascades;

/// <summary>What lies beside a cascade's JSON, which has its names.</summary>
internal sealed class WrittenParts
{
    private readonly List<(string Name, ReadOnlyMemory<byte> Content)> _entries = [];

    /// <summary>The parts so far.</summary>
    public IReadOnlyList<(string Name, ReadOnlyMemory<byte> Content)> Entries => _entries;

    /// <summary>Adds a part.</summary>
    /// <returns>Its name.</returns>
    public string Add(ReadOnlyMemory<byte> content, string ending)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{_entries.Count}{ending}");
        _entries.Add((name, content));
        return name;
    }
}

/// <summary>The entries of a cascade's file.</summary>
internal sealed class ReadParts(ZipArchive zip, string name)
{
    /// <summary>What to call an entry in messages.</summary>
    public string NameOf(string entry) => $"{name}/{entry}";

    /// <summary>The content of an entry.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public byte[] Content(string entry)
    {
        using var stream = (zip.GetEntry(entry) ?? throw new InvalidDataException($"There is no entry {entry}.")).Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}

/// <summary>Graphs as entries.</summary>
internal sealed class OnnxModels(WrittenParts? written = null, ReadParts? read = null) : JsonConverter<OnnxModel>
{
    public override OnnxModel Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } entry ? OnnxModel.Parse(read!.Content(entry), read.NameOf(entry)) : null!;

    public override void Write(Utf8JsonWriter writer, OnnxModel value, JsonSerializerOptions options) => writer.WriteStringValue(written!.Add(value.ToBytes(), ".onnx"));
}

/// <summary>Chains of ML.NET as entries, each a model file.</summary>
internal sealed class SavedChains(WrittenParts? written = null, ReadParts? read = null) : JsonConverter<StageChain>
{
    private readonly MLContext _ml = new();

    public override StageChain? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.GetString() is not { } entry)
            return null;
        using var content = new MemoryStream(read!.Content(entry), writable: false);
        return new StageChain(_ml.Model.LoadBundle(content, out var schema), schema) { IsOwned = true };
    }

    public override void Write(Utf8JsonWriter writer, StageChain value, JsonSerializerOptions options)
    {
        using var content = new MemoryStream();
        _ml.Model.SaveBundle(value.Model, value.Schema, content);
        writer.WriteStringValue(written!.Add(content.ToArray(), ".ftm"));
    }
}

/// <summary>A fitted chain within a stage.</summary>
/// <param name="Model">The chain.</param>
/// <param name="Schema">The columns that it reads.</param>
internal sealed record StageChain(ITransformer Model, DataViewSchema Schema)
{
    /// <summary>Whether it was read from a file, and is nobody else's to free.</summary>
    public bool IsOwned { get; init; }

    /// <summary>Frees the chain where it is owned.</summary>
    public void Free()
    {
        if (IsOwned)
            (Model as IDisposable)?.Dispose();
    }
}
