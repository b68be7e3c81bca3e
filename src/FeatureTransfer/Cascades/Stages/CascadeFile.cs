using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FeatureTransfer.Cascades;

/// <summary>A cascade as bytes: a zip with its stages as JSON, and their graphs and chains beside it.</summary>
internal static class CascadeFile
{
    private const string Stages = "cascade.json";
    private static readonly DateTimeOffset _always = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a cascade.</summary>
    /// <exception cref="FeatureTransferException">A stage is of a kind that cannot be saved.</exception>
    public static byte[] Write(Cascade cascade)
    {
        var parts = new WrittenParts();
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, Stages, Json(cascade, parts));
            foreach (var (name, content) in parts.Entries)
                Add(zip, name, content.Span);
        }

        return memory.ToArray();
    }

    /// <summary>Reads a cascade.</summary>
    /// <param name="content">What <see cref="Write"/> gave.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="FeatureTransferException">It is none, or damaged.</exception>
    public static Cascade Read(byte[] content, string name)
    {
        try
        {
            using var memory = new MemoryStream(content);
            using var zip = new ZipArchive(memory);
            var parts = new ReadParts(zip, name);
            var saved = JsonSerializer.Deserialize<Saved>(parts.Content(Stages), Options(new OnnxModels(read: parts), new SavedChains(read: parts)))!;
            return new Cascade(saved.Inputs, saved.Stages);
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or NotSupportedException or IOException)
        {
            throw new FeatureTransferException($"{name}: is no cascade, or is damaged ({exception.Message}) Expected a file that Cascade.Save wrote.", exception);
        }
    }

    private static byte[] Json(Cascade cascade, WrittenParts parts)
    {
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(new Saved(cascade.Inputs, cascade.Stages), Options(new OnnxModels(parts), new SavedChains(parts)));
        }
        catch (NotSupportedException exception)
        {
            var saved = typeof(CascadeStage).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType).ToHashSet();
            var other = cascade.Stages.First(stage => !saved.Contains(stage.GetType()));
            throw new FeatureTransferException($"The stage '{other.Name}' is of the kind {other.GetType().Name}, which cannot be saved. Save what stands before it and behind it by itself.", exception);
        }
    }

    private static void Add(ZipArchive zip, string name, ReadOnlySpan<byte> content)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = _always;
        using var stream = entry.Open();
        stream.Write(content);
    }

    private static JsonSerializerOptions Options(OnnxModels graphs, SavedChains chains) => new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        AllowOutOfOrderMetadataProperties = true,
        Converters = { graphs, chains, new ValueLists<float>(), new ValueLists<string>(), new ValueLists<long?>(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private sealed record Saved(IReadOnlyList<CascadePort> Inputs, IReadOnlyList<CascadeStage> Stages);

    private sealed class ValueLists<T> : JsonConverter<ValueList<T>>
    {
        public override ValueList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize<T[]>(ref reader, options)!.ToValueList();

        public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.ToArray(), options);
    }
}
