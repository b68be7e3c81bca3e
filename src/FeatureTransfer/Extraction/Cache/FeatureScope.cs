using System.Text.Json;

namespace FeatureTransfer.Extraction;

/// <summary>What a scope of the cache is, for people to read; nothing depends on it.</summary>
public sealed record FeatureScope
{
    internal const string FileName = "scope.json";
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The backbone's id.</summary>
    public string Backbone { get; init; } = "";

    /// <summary>The layers that are tapped; empty are the card's.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>How a layer becomes a vector; empty is the card's way.</summary>
    public string Pooling { get; init; } = "";

    /// <summary>How an input becomes tensors: the preparation's fingerprint.</summary>
    public string Preprocessing { get; init; } = "";

    internal static FeatureScope? TryLoad(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<FeatureScope>(File.ReadAllBytes(Path.Combine(folder, FileName)), _json);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    internal void Save(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            AtomicFile.WriteText(path, JsonSerializer.Serialize(this, _json) + "\n");
    }
}
