namespace FeatureTransfer.Extraction.Tuning;

/// <summary>When the model is timed: only for work that is much longer than the timing, and only once it has begun.</summary>
internal sealed record TuningRule
{
    /// <summary>Rows that a flow of known length has to have. Default 1,000.</summary>
    public long KnownRows { get; init; } = 1_000;

    /// <summary>Rows of these that are computed first, so that it is known that they are not cached. Default 128.</summary>
    public long KnownFirst { get; init; } = 128;

    /// <summary>Rows that are computed first in a flow of unknown length. Default 512.</summary>
    public long UnknownFirst { get; init; } = 512;

    /// <summary>How long the timing may take. Default 1.2 seconds.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(1.2);

    /// <summary>How many rows are computed before the timing.</summary>
    public long RowsBefore(long? total) => total is { } known ? known >= KnownRows ? KnownFirst : long.MaxValue : UnknownFirst;
}
