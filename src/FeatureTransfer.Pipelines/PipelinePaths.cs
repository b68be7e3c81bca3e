namespace FeatureTransfer.Pipelines;

/// <summary>Makes full paths of the paths in a pipeline.</summary>
internal static class PipelinePaths
{
    private const string NpmPrefix = "npm:";

    /// <summary>The full path; <c>npm:PACKAGE/sub/path</c> is looked for in the <c>node_modules</c> folders above.</summary>
    /// <exception cref="FeatureTransferException">The npm package is not installed.</exception>
    public static string Resolve(string path, string? baseFolder)
    {
        string start = Path.GetFullPath(baseFolder ?? Directory.GetCurrentDirectory());
        return path.StartsWith(NpmPrefix, StringComparison.Ordinal)
            ? ResolveNpm(path[NpmPrefix.Length..], [start, Directory.GetCurrentDirectory(), AppContext.BaseDirectory])
            : Path.GetFullPath(Path.Combine(start, path));
    }

    private static string ResolveNpm(string path, IReadOnlyList<string> starts)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        int nameParts = path.StartsWith('@') ? 2 : 1;
        if (parts.Length < nameParts || parts.Contains(".."))
            throw new FeatureTransferException($"npm:{path} is not a path in an npm package; expected npm:PACKAGE/path, such as npm:emoji-datasource-twitter/emoji.json.");
        string package = Path.Combine(parts[..nameParts]);
        foreach (string start in starts)
        {
            for (string? folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
            {
                string candidate = Path.Combine(folder, "node_modules", package);
                if (Directory.Exists(candidate))
                    return Path.Combine([candidate, .. parts[nameParts..]]);
            }
        }

        throw new FeatureTransferException(
            $"npm:{path}: the npm package {string.Join('/', parts[..nameParts])} is not installed in a node_modules folder above {starts[0]}. "
            + "Restore it: run \"npm ci --ignore-scripts\" in the repository (building does so by itself), or "
            + $"\"npm install {string.Join('/', parts[..nameParts])}\" in your own folder.");
    }
}
