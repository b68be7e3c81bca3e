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
        else if (exception is not FeatureTransferException)
            error.WriteLine("This should not happen. --verbose shows where; please report it.");
        return exception switch
        {
            TooManyRejectedException => ExitCodes.SomeRejected,
            FeatureTransferException => ExitCodes.BadInput,
            _ => ExitCodes.Failed,
        };
    }
}
