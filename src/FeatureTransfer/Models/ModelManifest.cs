using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace FeatureTransfer.Models;

/// <summary>What a model file says of itself.</summary>
internal sealed record ModelManifest
{
    /// <summary>The version of the format that this library writes, and the one it reads.</summary>
    public const int CurrentFormat = 2;

    /// <summary>The version of the format.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The SHA-256 of every other entry's content, in hexadecimal digits.</summary>
    public IReadOnlyDictionary<string, string> Entries { get; init; } = new Dictionary<string, string>();

    /// <summary>The parts of ours.</summary>
    public IReadOnlyList<SavedPlace> Parts { get; init; } = [];

    /// <summary>The composites of ours.</summary>
    public IReadOnlyList<CompositePlace> Composites { get; init; } = [];

    /// <summary>Whether nothing is null, which JSON allows everywhere.</summary>
    [JsonIgnore]
    public bool IsWhole =>
        Entries is not null && Entries.Values.All(hash => hash is not null)
        && Parts is not null && Parts.All(part => part is { Folder: not null, Graph: not null, Kind: not null })
        && Composites is not null && Composites.All(composite => composite is { Folder: not null, Kind: not null });

    /// <summary>How model files write JSON.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Begins to find out how types are read, which takes longer than to read a small file.</summary>
    /// <param name="types">The types, in the order in which they are needed.</param>
    public static void LoadAhead(params IReadOnlyList<Type> types) => Ahead.Load(new Lazy<JsonTypeInfo[]>(() =>
    {
        Json.MakeReadOnly(populateMissingResolver: true);
        return [.. types.Select(Json.GetTypeInfo)];
    }));
}
