using System.ComponentModel;
using System.Diagnostics;

namespace FeatureTransfer.Tests.Shared;

/// <summary>Finds what some tests need beside the repository, or skips the test and says so.</summary>
internal static class Reference
{
    private static readonly Lazy<string?> _npm = new(RestoreNpm);

    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A folder or file in <c>../shared</c>; skips the test where it is absent.</summary>
    public static string Shared(string relative)
    {
        var path = Path.GetFullPath(Path.Combine(Root, "..", "shared", relative));
        if (!File.Exists(path) && !Directory.Exists(path))
            Assert.Ignore($"The reference data '{relative}' is not on this machine.");
        return path;
    }

    /// <summary>A file or folder of an npm package, which npm brings by the repository's lock file; skips the test where it cannot.</summary>
    public static string Npm(string relative)
    {
        var path = Path.Combine(Root, "node_modules", relative);
        if (!Path.Exists(path) && _npm.Value is { } reason)
            Assert.Ignore($"The npm package file '{relative}' is not on this machine: {reason}");
        if (!Path.Exists(path))
            Assert.Fail($"npm restored package-lock.json, and there is no '{path}'.");
        return path;
    }

    /// <summary>Runs npm once a test run; null is success, else why there is nothing.</summary>
    private static string? RestoreNpm()
    {
        Directory.CreateDirectory(Path.Combine(Root, "artifacts"));
        using var held = Hold(Path.Combine(Root, "artifacts", "npm.lock"));
        if (File.Exists(Path.Combine(Root, "node_modules", ".package-lock.json")))
            return null;
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm") { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error" })
            start.ArgumentList.Add(argument);
        try
        {
            using var npm = Process.Start(start)!;
            var output = npm.StandardOutput.ReadToEndAsync();
            var errors = npm.StandardError.ReadToEnd();
            npm.WaitForExit();
            return npm.ExitCode == 0 ? null : $"npm ci ended with exit code {npm.ExitCode}: {errors.Trim()}{output.Result.Trim()}";
        }
        catch (Win32Exception)
        {
            return "npm was not found; install Node.js 18 or newer";
        }
    }

    // Test projects may run side by side.
    private static FileStream Hold(string path)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                Thread.Sleep(200);
            }
        }
    }

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "FeatureTransfer.sln")))
                return folder;
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
