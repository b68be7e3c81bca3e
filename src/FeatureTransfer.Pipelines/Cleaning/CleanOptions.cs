namespace FeatureTransfer.Pipelines;

/// <summary>What is looked for in data. Immutable.</summary>
public sealed record CleanOptions
{
    /// <summary>The folds of the cross-validation that judges labels, 2 or more. Default 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>How often it is repeated with other folds; the probabilities are averaged. 1 or more. Default 3.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>The cosine of two rows' features from which on they are near-duplicates, -1 to 1. Default 0.98.</summary>
    public double Duplicates { get; init; } = 0.98;

    /// <summary>The score from which on a row is an outlier, see <see cref="Diagnostics.Outliers" />, above 0. Default 5.</summary>
    public double Outliers { get; init; } = 5;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Folds, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Repeats, 1);
        if (Duplicates is not (>= -1 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(Duplicates), Duplicates, "Expected a cosine, from -1 to 1.");
        if (!(Outliers > 0))
            throw new ArgumentOutOfRangeException(nameof(Outliers), Outliers, "Expected a number above 0.");
    }
}
