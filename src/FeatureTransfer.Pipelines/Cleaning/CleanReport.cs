using FeatureTransfer.Diagnostics;

namespace FeatureTransfer.Pipelines;

/// <summary>What was found in data.</summary>
public sealed record CleanReport
{
    /// <summary>All rows that could be used, those with the most doubtful labels first.</summary>
    public required IReadOnlyList<CleanedRow> Rows { get; init; }

    /// <summary>The rows that could not be used, with the reason.</summary>
    public required IReadOnlyList<RejectedRow> Rejected { get; init; }

    /// <summary>Labels that can be told by their files.</summary>
    public required IReadOnlyList<SourceLeak> Leaks { get; init; }
}
