using System.Diagnostics;
using System.Globalization;
using FeatureTransfer.Cli;

namespace FeatureTransfer.Benchmarks.Memory;

/// <summary>What a run of ft took.</summary>
internal sealed record FtRun(long PeakBytes, double Seconds)
{
    private const int PollMilliseconds = 5;

    /// <summary>Runs <c>ft extract</c> over so many rows of a source. What is learned of the model and the machine is kept for the next run, features are not.</summary>
    public static FtRun Extract(SourceSamples samples, string source, string output, int rows, bool cache)
    {
        var result = Path.Combine(samples.Folder, "features" + output);
        string[] inputs = [.. samples.Make(source, rows), .. cache ? Array.Empty<string>() : ["--no-cache"]];
        var start = new ProcessStartInfo("dotnet", [typeof(FtApp).Assembly.Location, "extract", .. inputs, .. samples.Backbone, "--quiet", "--output", result])
        {
            RedirectStandardInput = source == "list",
            RedirectStandardOutput = true,
        };
        start.Environment["FT_HOME"] = samples.Home;
        try
        {
            return Watch(start, source == "list" ? samples.List(rows) : [], rows);
        }
        finally
        {
            samples.DropFeatures();
            File.Delete(result);
        }
    }

    private static FtRun Watch(ProcessStartInfo start, IEnumerable<string> input, int rows)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var feeding = Task.Run(() => Feed(process, input));
        var said = process.StandardOutput.ReadToEndAsync();
        var peak = 0L;
        while (!process.WaitForExit(PollMilliseconds))
            peak = Math.Max(peak, Peak(process.Id));
        feeding.GetAwaiter().GetResult();
        var text = said.GetAwaiter().GetResult();
        return process.ExitCode == 0 && text.Contains(string.Create(CultureInfo.InvariantCulture, $" {rows} rows "), StringComparison.Ordinal)
            ? new FtRun(peak, clock.Elapsed.TotalSeconds)
            : throw new InvalidOperationException($"ft ended with {process.ExitCode} and said: {text}");
    }

    private static void Feed(Process process, IEnumerable<string> lines)
    {
        if (!process.StartInfo.RedirectStandardInput)
            return;
        foreach (var line in lines)
            process.StandardInput.WriteLine(line);
        process.StandardInput.Close();
    }

    // The kernel keeps the peak itself; it only has to be read before the process is gone.
    private static long Peak(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
