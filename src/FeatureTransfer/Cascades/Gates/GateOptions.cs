namespace FeatureTransfer.Cascades;

/// <summary>When a gate lets its cheap model answer.</summary>
public sealed record GateOptions
{
    /// <summary>The label: a key. Default <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>Rows with the same value here stay on one side of the split into training and validation rows. Default null: each row for itself.</summary>
    public string? GroupColumnName { get; init; }

    /// <summary>The share of the rows that are held out to choose the thresholds by, above 0 and below 1. Default 0.2.</summary>
    public double ValidationFraction { get; init; } = 0.2;

    /// <summary>The seed of the split. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How much less accurate than the costly model the gate may be on the validation rows, 0 to 1. Default 0.005, half a point.</summary>
    public double AllowedAccuracyLoss { get; init; } = 0.005;

    /// <summary>
    /// The accuracy that is wanted of the rows that are answered, above 0 and at most 1: the cheap model answers only as many as keep to it, and as
    /// few as that takes are left for a person.
    /// Default null: every row is answered.
    /// </summary>
    public double? AnsweredAccuracy { get; init; }

    /// <summary>Whether both models are fitted again on all rows when the thresholds are chosen. Default true.</summary>
    public bool FitAgain { get; init; } = true;

    /// <summary>How many rows are held in memory at a time; those of them that need the costly model go through it together. Default 256.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>
    /// Where features came from the cache, which would make any model look cheap, so many validation rows run through both models once more without it
    /// to measure their times. Default 32; 0 leaves the times out.
    /// </summary>
    public int TimedRows { get; init; } = 32;

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(LabelColumnName);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ValidationFraction);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ValidationFraction, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(AllowedAccuracyLoss);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(AllowedAccuracyLoss, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(TimedRows);
        if (AnsweredAccuracy is not { } accuracy)
            return;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(accuracy, nameof(AnsweredAccuracy));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(accuracy, 1, nameof(AnsweredAccuracy));
    }
}
