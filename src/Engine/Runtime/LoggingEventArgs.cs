using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>A message of the log.</summary>
public class LoggingEventArgs : EventArgs
{
    public LoggingEventArgs(string message)
        : this(message, ChannelMessageKind.Info, "")
    {
    }

    public LoggingEventArgs(string message, ChannelMessageKind kind, string source)
    {
        RawMessage = message;
        Kind = kind;
        Source = source;
        Message = source.Length == 0 ? message : $"[Source={source}, Kind={kind}] {message}";
    }

    public string Message { get; }

    public ChannelMessageKind Kind { get; }

    public string Source { get; }

    public string RawMessage { get; }
}
