using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FeatureTransfer.Pipelines;

/// <summary>Writes pipelines as JSON: what differs from the defaults, in the order of the schema.</summary>
public static class PipelineWriter
{
    private static readonly JsonSerializerOptions _options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON on one line.</summary>
    internal static JsonSerializerOptions Plain { get; } = new(_options) { WriteIndented = false };

    /// <summary>The pipeline as JSON; reading it gives an equal one.</summary>
    /// <param name="definition">The pipeline.</param>
    public static string ToJson(PipelineDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Text(PipelineFormat.Root.Write(definition));
    }

    /// <summary>Writes a pipeline's file; it appears when it is whole. Where relative paths start elsewhere than in its folder, <c>baseFolder</c> says where.</summary>
    /// <param name="definition">The pipeline.</param>
    /// <param name="path">The file.</param>
    public static void Write(PipelineDefinition definition, string path)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var json = PipelineFormat.Root.Write(definition);
        if (definition.BaseFolder is { } folder && Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(path))!, folder) is var relative and not ".")
            json.Insert(0, "baseFolder", JsonValue.Create(relative.Replace(Path.DirectorySeparatorChar, '/').Replace("${", "$${", StringComparison.Ordinal)));
        AtomicFile.WriteText(path, Text(json));
    }

    internal static string Text(JsonNode node) => node.ToJsonString(_options) + "\n";
}
