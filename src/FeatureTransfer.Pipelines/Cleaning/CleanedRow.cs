namespace FeatureTransfer.Pipelines;

/// <summary>What was found of one row.</summary>
/// <param name="Input">What the row is called: its path, or the beginning of its text.</param>
/// <param name="Label">Its label.</param>
public sealed record CleanedRow(string Input, string Label)
{
    /// <summary>The label that the other rows suggest in its place; null where they agree with it.</summary>
    public string? Suggestion { get; init; }

    /// <summary>How doubtful the label is, see <see cref="Diagnostics.DoubtedLabel" />, 0 to 1.</summary>
    public double Doubt { get; init; }

    /// <summary>Whether the label is a probable error.</summary>
    public bool IsProbableError { get; init; }

    /// <summary>The number of the group of near-duplicates, from 1; null where there is no other like it.</summary>
    public int? Duplicates { get; init; }

    /// <summary>Whether a near-duplicate has another label.</summary>
    public bool IsContradicted { get; init; }

    /// <summary>Whether a near-duplicate lies on the other side of the pipeline's split: a test with it flatters.</summary>
    public bool IsAcrossSplit { get; init; }

    /// <summary>How far it lies out, see <see cref="Diagnostics.Outliers" />.</summary>
    public double Outlier { get; init; }

    /// <summary>Whether that is beyond <see cref="CleanOptions.Outliers" />.</summary>
    public bool IsOutlier { get; init; }

    /// <summary>Whether anything was found.</summary>
    public bool IsSuspect => IsProbableError || Duplicates is not null || IsOutlier;
}
