using FeatureTransfer.Pipelines.Json;
using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines;

/// <summary>Reads pipelines from JSON; comments and trailing commas are allowed, <c>${VAR:-default}</c> reads the environment.</summary>
public static class PipelineReader
{
    /// <summary>Reads a pipeline's file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">Values laid over it, each <c>path=value</c> with dots and [indexes].</param>
    /// <exception cref="PipelineFormatException">The file is faulty; the message lists every fault with its place.</exception>
    /// <exception cref="FeatureTransferException">There is no such file.</exception>
    public static PipelineDefinition Read(string path, IReadOnlyList<string>? overrides = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
            throw new FeatureTransferException($"{full}: there is no such pipeline. Expected a JSON file such as pipelines/quickstart.json.");
        return Parse(File.ReadAllText(full), full, Path.GetDirectoryName(full), overrides, checkFiles: true);
    }

    /// <summary>Reads a pipeline from text.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="baseFolder">The folder that relative paths start from; null is the current one.</param>
    /// <param name="overrides">Values laid over it, each <c>path=value</c> with dots and [indexes].</param>
    /// <param name="checkFiles">Whether files that are named must exist. Default false.</param>
    /// <exception cref="PipelineFormatException">The text is faulty; the message lists every fault with its place.</exception>
    public static PipelineDefinition Parse(string json, string name, string? baseFolder = null, IReadOnlyList<string>? overrides = null, bool checkFiles = false)
    {
        ArgumentNullException.ThrowIfNull(json);
        var root = LocatedJson.Parse(json, name);
        foreach (var change in overrides ?? [])
            root = PathOverride.Parse(change).Apply(root);
        var unset = new List<PipelineFault>();
        root = new VariableExpansion(Environment.GetEnvironmentVariable, unset).Expand(root);
        if (root is not LocatedObject pipeline)
            throw new PipelineFormatException([new PipelineFault(root.Place, $"expected an object with \"data\" and \"estimators\", found {root.Kind}")]);
        var context = new BindingContext(BaseFolder(pipeline, baseFolder, unset), checkFiles);
        context.Faults.AddRange(unset);
        var definition = PipelineFormat.Root.Read(pipeline, context, "$schema", "baseFolder") with { BaseFolder = context.BaseFolder };

        // With other faults the estimators need not be those of the file.
        if (context.Faults.Count == 0)
        {
            foreach (var (place, message) in StepTask.Faults(definition).Concat(TargetFaults.OfForm(definition)).Concat(SearchFaults.OfForm(definition)))
                context.Fault((pipeline.Find(place) ?? pipeline[place.StartsWith("$.target", StringComparison.Ordinal) ? "target" : "search"] ?? pipeline).Place, message);
        }

        if (context.Faults.Count > 0)
            throw new PipelineFormatException(context.Faults);
        return pipeline["name"] is null ? definition with { Name = Path.GetFileNameWithoutExtension(name) } : definition;
    }

    private static string? BaseFolder(LocatedObject pipeline, string? folder, List<PipelineFault> faults)
    {
        if (pipeline["baseFolder"] is not { } node)
            return folder;
        if (node is LocatedText { Value.Length: > 0 } text)
            return Path.GetFullPath(Path.Combine(folder ?? Directory.GetCurrentDirectory(), text.Value));
        faults.Add(new PipelineFault(node.Place, $"expected a folder, relative to this file's, found {node.Kind}"));
        return folder;
    }
}
