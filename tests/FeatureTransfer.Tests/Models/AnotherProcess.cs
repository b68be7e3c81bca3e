using System.Diagnostics;

namespace FeatureTransfer.Tests.Models;

/// <summary>Opens model files in a process that references the package and calls nothing of it.</summary>
internal static class AnotherProcess
{
    /// <summary>The values of a column for each image, as the bits of floats.</summary>
    /// <param name="model">The model file.</param>
    /// <param name="column">The column.</param>
    /// <param name="images">The images.</param>
    /// <param name="temporary">The process's folder for temporary files; null for the usual one.</param>
    public static IReadOnlyList<string> Read(string model, string column, IEnumerable<string> images, string? temporary = null)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ModelReader.dll"), model, column, .. images]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (temporary is not null)
            start.Environment["TMPDIR"] = start.Environment["TEMP"] = start.Environment["TMP"] = temporary;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, errors.Result);
        return output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
