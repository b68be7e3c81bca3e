namespace FeatureTransfer.Pipelines.Results;

/// <summary>What a report shows of a task with two answers.</summary>
public sealed record BinaryDetail
{
    /// <summary>The label of rows that are positive.</summary>
    public required string PositiveLabel { get; init; }

    /// <summary>The label of the others.</summary>
    public required string NegativeLabel { get; init; }

    /// <summary>The probability (or score, where the trainer gives no probabilities) from which on a row is called positive.</summary>
    public required double Threshold { get; init; }

    /// <summary>The receiver operating characteristic: X the false positive rate, Y the true positive rate, from (0, 0) to (1, 1).</summary>
    public required IReadOnlyList<CurvePoint> Roc { get; init; }

    /// <summary>X the recall, Y the precision, by rising recall.</summary>
    public required IReadOnlyList<CurvePoint> PrecisionRecall { get; init; }
}

/// <summary>A point of a curve over thresholds.</summary>
/// <param name="X">The horizontal value, 0 to 1.</param>
/// <param name="Y">The vertical value, 0 to 1.</param>
/// <param name="Threshold">The threshold that gives it.</param>
public readonly record struct CurvePoint(double X, double Y, double Threshold);
