using System.Reflection;
using System.Text.Json;
using FeatureTransfer.Backbones;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli.Scaffolding;

/// <summary>What <c>ft init</c> fills a folder with: the files of one folder in <c>Templates</c>, which are embedded.</summary>
internal sealed class ProjectTemplate
{
    /// <summary>Its first line says what the template is for, the others what to do first with the folder; it is not copied.</summary>
    private const string About = "about.txt";
    private const string Root = "Templates/";
    private static readonly Assembly _assembly = typeof(ProjectTemplate).Assembly;
    private readonly IReadOnlyDictionary<string, string> _resources;
    private readonly string[] _about;

    private ProjectTemplate(string name, IReadOnlyDictionary<string, string> resources)
    {
        (Name, _resources) = (name, resources);
        _about = Read(resources[About]).Split('\n', 2);
    }

    /// <summary>The names of all templates.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Resources().Select(resource => resource.Template).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>What it is for.</summary>
    public string Description => _about[0];

    /// <summary>A template by its name.</summary>
    public static ProjectTemplate Of(string name) => new(
        name,
        Resources().Where(resource => resource.Template == name).ToDictionary(resource => resource.File, resource => resource.Resource, StringComparer.Ordinal));

    /// <summary>What to do first with the folder that was made.</summary>
    /// <param name="folder">The folder, as it was named.</param>
    public string Next(string folder) => _about[1].TrimEnd()
        .Replace("{{folder}}", folder, StringComparison.Ordinal)
        .Replace("{{pipeline}}", CommandText.Path(Path.Combine(folder, "pipeline.json")), StringComparison.Ordinal);

    /// <summary>The files, by their path in the folder.</summary>
    /// <param name="name">The name of the project.</param>
    public IReadOnlyDictionary<string, string> Files(string name)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["pipeline.schema.json"] = PipelineSchema.Generate() };
        foreach (var (file, resource) in _resources.Where(pair => pair.Key != About))
        {
            var written = file.EndsWith(".json", StringComparison.Ordinal) ? JsonEncodedText.Encode(name).ToString() : name;
            files[file] = Read(resource)
                .Replace("{{name}}", written, StringComparison.Ordinal)
                .Replace("{{backbone}}", DefaultBackbone.Images, StringComparison.Ordinal)
                .Replace("{{textBackbone}}", DefaultBackbone.Text, StringComparison.Ordinal)
                .Replace("{{audioBackbone}}", DefaultBackbone.Audio, StringComparison.Ordinal);
        }

        return files;
    }

    private static IEnumerable<(string Template, string File, string Resource)> Resources() => _assembly.GetManifestResourceNames()
        .Select(resource => (Path: resource.Replace('\\', '/'), Resource: resource))
        .Where(named => named.Path.StartsWith(Root, StringComparison.Ordinal))
        .Select(named => (Parts: named.Path[Root.Length..].Split('/', 2), named.Resource))
        .Select(named => (named.Parts[0], named.Parts[1], named.Resource));

    private static string Read(string resource)
    {
        using var text = new StreamReader(_assembly.GetManifestResourceStream(resource)!);
        return text.ReadToEnd();
    }
}
