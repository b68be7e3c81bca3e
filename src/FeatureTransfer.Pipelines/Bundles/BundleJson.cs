using System.Text.Json;
using System.Text.Json.Serialization;

namespace FeatureTransfer.Pipelines.Bundles;

/// <summary>The JSON form of manifests.</summary>
internal static class BundleJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
