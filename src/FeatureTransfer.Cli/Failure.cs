using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli;

/// <summary>Tells of exceptions as messages, never as a bare stack trace.</summary>
internal static class Failure
{
    /// <summary>Writes what went wrong.</summary>
    /// <param name="exception">What went wrong.</param>
    /// <param name="error">Takes the message.</param>
    /// <param name="verbose">Whether to tell where it came from.</param>
    /// <returns>The exit code that fits.</returns>
    public static int Tell(Exception exception, TextWriter error, bool verbose)
    {
        if (exception is OperationCanceledException)
        {
            error.WriteLine("Cancelled. What was computed is in the cache; the same command goes on from there.");
            return ExitCodes.Cancelled;
        }

        error.WriteLine($"error: {exception.Message}");
        if (verbose)
            error.WriteLine(exception);
        else if (!IsRefusal(exception))
            error.WriteLine("This should not happen. --verbose shows where; please report it.");
        return exception switch
        {
            TooManyRejectedException => ExitCodes.SomeRejected,
            _ when IsRefusal(exception) => ExitCodes.BadInput,
            _ => ExitCodes.Failed,
        };
    }

    // What the file system or ML.NET refuses is a matter of what was named, and not of ft.
    private static bool IsRefusal(Exception exception) =>
        exception is FeatureTransferException or IOException or UnauthorizedAccessException
        || (exception is InvalidOperationException or ArgumentException or FormatException && exception.Source?.StartsWith("Microsoft.ML", StringComparison.Ordinal) == true);
}
