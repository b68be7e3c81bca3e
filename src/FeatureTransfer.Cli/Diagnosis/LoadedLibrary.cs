using System.Diagnostics;

namespace FeatureTransfer.Cli.Diagnosis;

/// <summary>Finds where a native library that is loaded came from.</summary>
internal static class LoadedLibrary
{
    /// <summary>The file of the library, or a note that the system does not tell.</summary>
    /// <param name="name">A part of the file's name.</param>
    public static string PathOf(string name)
    {
        using var process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>()
            .Select(module => module.FileName)
            .FirstOrDefault(file => Path.GetFileName(file).Contains(name, StringComparison.OrdinalIgnoreCase) && !file.EndsWith("OnnxRuntime.dll", StringComparison.Ordinal))
            ?? "at a place that the system does not tell";
    }
}
