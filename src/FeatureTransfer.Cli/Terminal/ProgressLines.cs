using System.Diagnostics;
using System.Globalization;

namespace FeatureTransfer.Cli.Terminal;

/// <summary>Progress as one line that is rewritten on a terminal, and as a plain line now and then where the output is redirected.</summary>
internal sealed class ProgressLines(TextWriter writer, bool isTerminal) : IProgress<WorkProgress>
{
    private static readonly TimeSpan _terminalPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _linePause = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private readonly Stopwatch _stage = new();
    private readonly Stopwatch _shown = new();
    private string _name = "";

    /// <inheritdoc/>
    public void Report(WorkProgress value)
    {
        lock (_lock)
        {
            if (value.Stage != _name)
            {
                _name = value.Stage;
                _stage.Restart();
                _shown.Reset();
            }

            var last = value.Done == value.Total;
            if (_shown.IsRunning && !last && _shown.Elapsed < (isTerminal ? _terminalPause : _linePause))
                return;
            _shown.Restart();
            var line = Line(value);
            if (isTerminal)
                writer.Write($"\r{line,-78}{(last ? "\n" : "")}");
            else
                writer.WriteLine(line);
        }
    }

    private string Line(WorkProgress value)
    {
        var seconds = Math.Max(0.001, _stage.Elapsed.TotalSeconds);
        var rate = value.Done / seconds;
        var line = string.Create(CultureInfo.InvariantCulture, $"{value.Stage}: {value.Done}{(value.Total is { } all ? $"/{all}" : "")}, {rate:0.#}/s");
        return value.Total is { } total && total > value.Done && rate > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{line}, {(total - value.Done) / rate:0} s left")
            : line;
    }
}
