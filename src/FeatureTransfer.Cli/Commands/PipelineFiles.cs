using System.Text.Json;
using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Finds the pipelines that a name or a glob stands for.</summary>
internal static class PipelineFiles
{
    private const string SchemaEnding = ".schema.json";

    /// <summary>Leaves out the schema that lies beside the pipelines: a shell that expands a glob itself names it too.</summary>
    /// <param name="given">What the command line named.</param>
    public static IReadOnlyList<string> WithoutSchemas(IReadOnlyList<string> given)
    {
        var pipelines = given.Where(name => !IsSchema(name)).ToList();
        return pipelines.Count > 0 ? pipelines : given;
    }

    /// <summary>The files, sorted; a name without wildcards stands for itself.</summary>
    /// <param name="pattern">A file, or a glob such as <c>pipelines/**/*.json</c>.</param>
    /// <exception cref="FeatureTransferException">No file matches the glob, or it cannot be a name.</exception>
    public static IReadOnlyList<string> Find(string pattern)
    {
        if (pattern.Length == 0 || pattern.Contains('\0'))
            throw new FeatureTransferException($"'{pattern}': is no name of a pipeline. Expected a file such as pipelines/quickstart.json.");
        if (!FileGlob.Is(pattern))
            return [pattern];
        var found = new FileGlob(pattern).Files().Where(file => !IsSchema(file)).ToList();
        return found.Count > 0 ? found : throw new FeatureTransferException($"{pattern}: no pipeline matches. Expected files such as pipelines/quickstart.json.");
    }

    /// <summary>Whether a file declares a pipeline, and is no table of records.</summary>
    /// <param name="path">The file; there need not be one.</param>
    public static bool IsPipeline(string path)
    {
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || !File.Exists(path))
            return false;
        try
        {
            using var stream = File.OpenRead(path);
            using var json = JsonDocument.Parse(stream, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("estimators", out _);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The reader of pipelines says what is wrong and where; one of tables would speak of records.
            return true;
        }
    }

    private static bool IsSchema(string name) => name.EndsWith(SchemaEnding, StringComparison.Ordinal);
}
