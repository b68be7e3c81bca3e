namespace FeatureTransfer.Extraction.Tuning;

/// <summary>What a timing found, as it is kept.</summary>
internal sealed record TuningRecord
{
    /// <summary>Where it was taken, see <see cref="Tuning.Machine"/>.</summary>
    public required string Machine { get; init; }

    /// <summary>The model's hash.</summary>
    public required string Model { get; init; }

    /// <summary>The fastest setting.</summary>
    public required TunedSetting Best { get; init; }

    /// <summary>All that were timed.</summary>
    public required IReadOnlyList<TunedSetting> Timed { get; init; }
}

/// <summary>A setting and its speed in rows a second.</summary>
internal sealed record TunedSetting(int BatchSize, int IntraOpThreads, int Sessions, double RowsPerSecond);
