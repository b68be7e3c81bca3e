using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli;

/// <summary>Tells of exceptions as messages, never as a bare stack trace.</summary>
internal static class Failure
{
    // EMFILE of Linux and of macOS, as .NET gives it.
    private const int TooManyFiles = 24;

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

        var scarce = Scarce(exception);
        error.WriteLine($"error: {scarce ?? exception.Message}");
        if (verbose)
            error.WriteLine(exception);
        else if (scarce is null && !IsRefusal(exception))
            error.WriteLine("This should not happen. --verbose shows where; please report it.");
        return exception switch
        {
            TooManyRejectedException => ExitCodes.SomeRejected,
            _ when IsRefusal(exception) => ExitCodes.BadInput,
            _ => ExitCodes.Failed,
        };
    }

    // What the machine has too little of, wherever it was noticed: a type that cannot be initialized says nothing of it.
    private static string? Scarce(Exception? exception) => exception switch
    {
        null => null,
        OutOfMemoryException => "There is not enough memory for this. Give the process, or its container, more, or ask less of it at once: fewer rows, smaller inputs, a smaller backbone.",
        IOException { HResult: TooManyFiles } => "This process may not open more files. Raise its limit (ulimit -n) to 1024 or more.",
        FileNotFoundException { FileName: { } name } when name.Contains(", Version=", StringComparison.Ordinal) =>
            $"A part of ft cannot be loaded: {name}. Install ft again, or, where it is complete, raise the limit of open files (ulimit -n) to 1024 or more.",
        _ => Scarce(exception.InnerException),
    };

    // What the file system or ML.NET refuses is a matter of what was named, and not of ft.
    private static bool IsRefusal(Exception exception) =>
        exception is FeatureTransferException or IOException or UnauthorizedAccessException
        || (exception is InvalidOperationException or ArgumentException or FormatException && exception.Source?.StartsWith("Microsoft.ML", StringComparison.Ordinal) == true);
}
