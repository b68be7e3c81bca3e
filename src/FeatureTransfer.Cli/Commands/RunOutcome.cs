using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Cli.Commands;

/// <summary>How one pipeline of a batch ended.</summary>
/// <param name="Pipeline">The file.</param>
/// <param name="ExitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="Error">What went wrong; null when nothing did.</param>
/// <param name="Metric">The name of the metric that counts most in its task; null when nothing was judged.</param>
/// <param name="Value">Its value on the held-out rows, else of the cross-validation; null when there is neither.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Rejected">The rows that could not be used.</param>
/// <param name="Bundle">Where the bundle lies.</param>
/// <param name="Report">Where the report lies.</param>
internal sealed record RunOutcome(string Pipeline, int ExitCode, string? Error, string? Metric, double? Value, double Seconds, IReadOnlyList<RejectedRow> Rejected, string? Bundle, string? Report)
{
    /// <summary>What a user ought to know of the data and the split.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The plain pipeline that a search found; null where there was none.</summary>
    public string? Winner { get; init; }

    /// <summary>The names of the columns of <see cref="Row"/>.</summary>
    public static IReadOnlyList<string> Header { get; } = ["pipeline", "result", "metric", "rejected", "seconds"];

    /// <summary>The outcome of a run that went through.</summary>
    public static RunOutcome Of(string file, RunResult result)
    {
        var metric = (result.Test?.Metrics ?? result.CrossValidation?.Mean)?.Headline;
        var value = metric is { } known && double.IsFinite(known.Value) ? known.Value : (double?)null;
        return new RunOutcome(file, ExitCodes.Ok, null, metric?.Name, value, result.Elapsed.TotalSeconds, result.Rejected, result.BundlePath, result.ReportPath) { Notes = result.Notes, Winner = result.Search?.WinnerPath };
    }

    /// <summary>The outcome of a run that did not; what it had saved is told of.</summary>
    public static RunOutcome OfFailure(string file, Exception exception, int exitCode)
    {
        var saved = exception is TooManyRejectedException rejected ? Of(file, rejected.Result) : new RunOutcome(file, exitCode, null, null, null, 0, [], null, null);
        return saved with { ExitCode = exitCode, Error = exception.Message };
    }

    /// <summary>The outcome as a row of a table.</summary>
    public IReadOnlyList<string> Row() =>
    [
        Path.GetFileName(Pipeline),
        Error is null ? "ok" : "failed",
        Metric is { } name && Value is { } value ? MetricText.Of(new MetricValue(name, value, true)) : "",
        Rejected.Count.ToString(CultureInfo.InvariantCulture),
        Seconds.ToString("0.0", CultureInfo.InvariantCulture),
    ];
}
