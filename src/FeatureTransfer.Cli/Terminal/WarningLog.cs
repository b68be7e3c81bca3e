using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Cli.Terminal;

/// <summary>Writes warnings of the library to a shell, each once however many parts of a run have it.</summary>
internal sealed class WarningLog(Shell shell) : ILogger
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        var text = formatter(state, exception);
        lock (_lock)
        {
            if (_told.Add(text))
                shell.Error.WriteLine($"warning: {text}");
        }
    }
}
