using System.Globalization;

namespace Microsoft.ML.Runtime;

/// <summary>A channel whose messages become events of the context's log.</summary>
internal sealed class LogChannel(MLContext context, string name) : IChannel
{
    public string ContextDescription => name;

    public TException Process<TException>(TException ex)
        where TException : Exception => ex;

    public void Send(ChannelMessage msg) => context.Report(msg.Kind, name, msg.Message);

    public void Trace(MessageSensitivity sensitivity, string fmt) => context.Report(ChannelMessageKind.Trace, name, fmt);

    public void Trace(MessageSensitivity sensitivity, string fmt, params object[] args) => Trace(sensitivity, Format(fmt, args));

    public void Info(MessageSensitivity sensitivity, string fmt) => context.Report(ChannelMessageKind.Info, name, fmt);

    public void Info(MessageSensitivity sensitivity, string fmt, params object[] args) => Info(sensitivity, Format(fmt, args));

    public void Warning(MessageSensitivity sensitivity, string fmt) => context.Report(ChannelMessageKind.Warning, name, fmt);

    public void Warning(MessageSensitivity sensitivity, string fmt, params object[] args) => Warning(sensitivity, Format(fmt, args));

    public void Error(MessageSensitivity sensitivity, string fmt) => context.Report(ChannelMessageKind.Error, name, fmt);

    public void Error(MessageSensitivity sensitivity, string fmt, params object[] args) => Error(sensitivity, Format(fmt, args));

    public void Dispose()
    {
    }

    private static string Format(string fmt, object[] args) => string.Format(CultureInfo.InvariantCulture, fmt, args);
}
