namespace FeatureTransfer.Cli.Terminal;

/// <summary>Progress as one line with a bar that is rewritten on a terminal, and as a plain line now and then where the output is redirected.</summary>
/// <param name="writer">Takes the lines.</param>
/// <param name="isTerminal">Whether lines can be rewritten.</param>
/// <param name="clock">Tells the time. Default the system's.</param>
internal sealed class ProgressLines(TextWriter writer, bool isTerminal, TimeProvider? clock = null) : IProgress<WorkProgress>
{
    private static readonly TimeSpan _terminalPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _linePause = TimeSpan.FromSeconds(5);
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly Lock _lock = new();
    private WorkProgress _first;
    private long _stageStarted;
    private long _shown;
    private bool _lineIsOpen;

    /// <inheritdoc/>
    public void Report(WorkProgress value)
    {
        lock (_lock)
        {
            if (value.Stage != _first.Stage || value.Done < _first.Done)
                Begin(value);
            var isLast = value.Done == value.Total;
            if (!isLast && _clock.GetElapsedTime(_shown) < (isTerminal ? _terminalPause : _linePause))
                return;
            _shown = _clock.GetTimestamp();
            Write(value, isLast);
        }
    }

    /// <summary>Ends the line that is being rewritten, so that others can write.</summary>
    public void EndLine()
    {
        lock (_lock)
        {
            if (_lineIsOpen)
                writer.WriteLine();
            _lineIsOpen = false;
        }
    }

    private void Begin(WorkProgress value)
    {
        EndLine();
        _first = value;
        _stageStarted = _shown = _clock.GetTimestamp();
    }

    private void Write(WorkProgress value, bool isLast)
    {
        var text = ProgressText.Of(value, value.Done - _first.Done, _clock.GetElapsedTime(_stageStarted), withBar: isTerminal);
        if (!isTerminal)
        {
            writer.WriteLine(text);
            return;
        }

        writer.Write($"\r{text,-79}");
        _lineIsOpen = true;
        if (isLast)
            EndLine();
    }
}
