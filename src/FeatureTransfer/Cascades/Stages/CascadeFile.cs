using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FeatureTransfer.Cascades;

/// <summary>A cascade as bytes: a zip with its stages as JSON and their graphs.</summary>
internal static class CascadeFile
{
    private const string Stages = "cascade.json";
    private static readonly DateTimeOffset _always = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a cascade.</summary>
    /// <exception cref="FeatureTransferException">A stage is of a kind that cannot be saved.</exception>
    public static byte[] Write(Cascade cascade)
    {
        var graphs = new Graphs(null);
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, Stages, Json(cascade, graphs));
            for (var i = 0; i < graphs.Written.Count; i++)
                Add(zip, Graphs.NameOf(i), graphs.Written[i].ToBytes());
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
            var saved = JsonSerializer.Deserialize<Saved>(Graphs.Content(zip, Stages), Options(new Graphs(zip)))!;
            return new Cascade(saved.Inputs, saved.Stages);
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or NotSupportedException or IOException)
        {
            throw new FeatureTransferException($"{name}: is no cascade, or is damaged ({exception.Message}) Expected a file that Cascade.Save wrote.", exception);
        }
    }

    private static byte[] Json(Cascade cascade, Graphs graphs)
    {
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(new Saved(cascade.Inputs, cascade.Stages), Options(graphs));
        }
        catch (NotSupportedException exception)
        {
            var saved = typeof(CascadeStage).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType).ToHashSet();
            var other = cascade.Stages.First(stage => !saved.Contains(stage.GetType()));
            throw new FeatureTransferException($"The stage '{other.Name}' is of the kind {other.GetType().Name}, which cannot be saved. Save what stands before it and behind it by itself.", exception);
        }
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = _always;
        using var stream = entry.Open();
        stream.Write(content);
    }

    private static JsonSerializerOptions Options(Graphs graphs) => new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        AllowOutOfOrderMetadataProperties = true,
        Converters = { graphs, new ValueLists<float>(), new ValueLists<long?>(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private sealed record Saved(IReadOnlyList<CascadePort> Inputs, IReadOnlyList<CascadeStage> Stages);

    /// <summary>Graphs lie beside the JSON, which has their numbers.</summary>
    private sealed class Graphs(ZipArchive? zip) : JsonConverter<OnnxModel>
    {
        public List<OnnxModel> Written { get; } = [];

        public static string NameOf(int graph) => string.Create(CultureInfo.InvariantCulture, $"{graph}.onnx");

        public static byte[] Content(ZipArchive zip, string name)
        {
            using var stream = (zip.GetEntry(name) ?? throw new InvalidDataException($"There is no entry {name}.")).Open();
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            return memory.ToArray();
        }

        public override OnnxModel Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            NameOf(reader.GetInt32()) is var name ? OnnxModel.Parse(Content(zip!, name), name) : null!;

        public override void Write(Utf8JsonWriter writer, OnnxModel value, JsonSerializerOptions options)
        {
            writer.WriteNumberValue(Written.Count);
            Written.Add(value);
        }
    }

    private sealed class ValueLists<T> : JsonConverter<ValueList<T>>
    {
        public override ValueList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize<T[]>(ref reader, options)!.ToValueList();

        public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.ToArray(), options);
    }
}
