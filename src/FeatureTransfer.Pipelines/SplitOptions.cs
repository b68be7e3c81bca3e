namespace FeatureTransfer.Pipelines;

/// <summary>Which rows train and which rows test.</summary>
public sealed record SplitOptions
{
    /// <summary>The share of the rows held out for the final test, 0 (no test) to below 1. Default 0.2.</summary>
    public double TestFraction { get; init; } = 0.2;

    /// <summary>Whether every part keeps the shares of the labels. Default true.</summary>
    public bool Stratified { get; init; } = true;

    /// <summary>The column whose equal values must lie on one side of every split; null for none.</summary>
    public string? GroupColumn { get; init; }

    /// <summary>
    /// A regular expression on the input's path; rows with the same match (or the same captured groups) lie on one side of every split. It
    /// is used when <see cref="GroupColumn" /> is null; null for none.
    /// </summary>
    public string? GroupPattern { get; init; }

    /// <summary>The number of folds of the cross-validation on the training rows; 0 for none. Default 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>How often the cross-validation is repeated, each time with other folds. Default 1.</summary>
    public int Repeats { get; init; } = 1;
}
