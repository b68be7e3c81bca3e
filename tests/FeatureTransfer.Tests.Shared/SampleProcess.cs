using System.Diagnostics;

namespace FeatureTransfer.Tests.Shared;

/// <summary>Starts the programs of samples that lie beside the tests.</summary>
internal static class SampleProcess
{
    public static Process Start(string sample, params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, $"{sample}.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    public static (int ExitCode, string Output, string Error) Run(string sample, params string[] arguments)
    {
        using var process = Start(sample, arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
