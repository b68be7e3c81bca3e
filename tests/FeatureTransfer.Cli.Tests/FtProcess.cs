using System.Diagnostics;
using System.Globalization;

namespace FeatureTransfer.Cli.Tests;

/// <summary>Runs ft as a process of its own, for what one process cannot show: its peak of memory, signals, several at once.</summary>
internal sealed class FtProcess : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly TaskCompletionSource<string> _firstError = new(TaskCreationOptions.RunContinuationsAsynchronously), _firstOutput = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> _error;
    private readonly Task<string> _output;
    private readonly Task<long> _peak;

    private FtProcess(Process process)
    {
        _process = process;
        _output = ReadAsync(process.StandardOutput, _firstOutput);
        _error = ReadAsync(process.StandardError, _firstError);
        _peak = WatchAsync();
    }

    /// <summary>The first line on standard error; empty when there is none.</summary>
    public Task<string> FirstError => _firstError.Task.WaitAsync(_limit);

    /// <summary>The first line on standard output; empty when there is none.</summary>
    public Task<string> FirstOutput => _firstOutput.Task.WaitAsync(_limit);

    /// <summary>Starts ft.</summary>
    /// <param name="home">FT_HOME.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="path">PATH; null leaves it.</param>
    /// <param name="folder">The current folder; null is FT_HOME.</param>
    /// <param name="input">Standard input; null leaves it.</param>
    /// <param name="userHome">The user's home; null leaves it.</param>
    public static FtProcess Start(string home, string[] args, string? path = null, string? folder = null, string? input = null, string? userHome = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(FtApp).Assembly.Location, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = input is not null,
            WorkingDirectory = folder ?? home,
        };
        start.Environment["FT_HOME"] = home;
        if (path is not null)
            start.Environment["PATH"] = path;
        if (userHome is not null)
        {
            start.Environment["HOME"] = start.Environment["LOCALAPPDATA"] = start.Environment["APPDATA"] = start.Environment["USERPROFILE"] = userHome;
            start.Environment.Remove("XDG_CACHE_HOME");
            start.Environment.Remove("ORT_DISABLE_TELEMETRY");
        }

        var process = Process.Start(start)!;
        if (input is not null)
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }

        return new FtProcess(process);
    }

    /// <summary>Whether this process ignores Ctrl-C, signal 2, which those that it starts inherit.</summary>
    public static bool IgnoresInterrupts => OperatingSystem.IsLinux()
        && (long.Parse(File.ReadLines("/proc/self/status").Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 2) != 0;

    /// <summary>Ctrl-C.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for a while, then kills it at once (SIGKILL), unless it has ended.</summary>
    /// <returns>Whether it was killed.</returns>
    public async Task<bool> KillAfterAsync(TimeSpan wait)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(wait);
            return false;
        }
        catch (TimeoutException)
        {
            _process.Kill();
            await _process.WaitForExitAsync().WaitAsync(_limit);
            return true;
        }
    }

    /// <summary>Waits for the end.</summary>
    public async Task<FtOutcome> WaitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(_limit);
        return new FtOutcome(_process.ExitCode, await _output, await _error);
    }

    /// <summary>The most memory that was resident, in bytes; known at the end, on Linux.</summary>
    public Task<long> PeakAsync() => _peak;

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static async Task<string> ReadAsync(StreamReader stream, TaskCompletionSource<string> firstLine)
    {
        var first = await stream.ReadLineAsync();
        firstLine.TrySetResult(first ?? "");
        var rest = await stream.ReadToEndAsync();
        return first is null ? "" : $"{first}\n{rest}";
    }

    // The kernel keeps the peak itself; it only has to be read before the process is gone.
    private async Task<long> WatchAsync()
    {
        var peak = 0L;
        while (!_process.HasExited)
        {
            try
            {
                var line = File.ReadLines($"/proc/{_process.Id}/status").FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
                if (line is not null)
                    peak = long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
            }
            catch (IOException)
            {
                // It ended in between.
            }

            await Task.Delay(5);
        }

        return peak;
    }
}
