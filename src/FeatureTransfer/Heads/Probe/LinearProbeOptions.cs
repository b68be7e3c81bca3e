namespace FeatureTransfer.Heads;

/// <summary>
/// Multinomial logistic regression that chooses its own L2 regularization by cross-validation over a grid, from strong to weak, each fit starting
/// from the one before (as the linear probe of Radford and others 2021, arXiv:2103.00020, section 3.2; the minimum by L-BFGS, Liu and Nocedal 1989).
/// </summary>
/// <remarks>The choice with the least log-loss on rows held out in turn is fitted on all rows. <see cref="HeadModel.L2Regularization"/> says which it was.</remarks>
public sealed record LinearProbeOptions : HeadOptions
{
    /// <summary>
    /// The grid. The sum of log-losses plus half of this times the sum of squared weights is minimised, as by ML.NET's <c>LbfgsMaximumEntropy</c>; the
    /// biases are free. It is meant for features of unit variance, as <c>NormalizeMeanVariance</c> makes them. Default powers of ten from 0.001 to 10000.
    /// </summary>
    public ValueList<double> L2Regularizations { get; init; } = [0.001, 0.01, 0.1, 1, 10, 100, 1000, 10000];

    /// <summary>
    /// How many parts of the rows judge in turn, at least 2. A class with a single row is never held out; where all are such, the middle of the grid
    /// (by rank, the stronger of two) is taken. Default 5.
    /// </summary>
    public int Folds { get; init; } = 5;

    /// <summary>The largest gradient, of the mean loss of a row, that ends a fit. Default 0.00001.</summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>The most iterations of a fit. Default 500.</summary>
    public int MaximumNumberOfIterations { get; init; } = 500;

    /// <summary>The seed of the folds. Default 1.</summary>
    public int Seed { get; init; } = 1;

    internal override HeadOptions Seeded(int seed) => this with { Seed = seed };

    internal override HeadDecision Learn(LabelledFeatures rows, CancellationToken cancellation) => new ProbePath(this, cancellation).Learn(rows);

    private protected override IEnumerable<string> Faults()
    {
        if (L2Regularizations.Count == 0)
            yield return $"{nameof(L2Regularizations)} is empty; expected one number or more";
        foreach (var fault in L2Regularizations.SelectMany(value => NotPositive(nameof(L2Regularizations), value)))
            yield return fault;
        foreach (var fault in Below(nameof(Folds), Folds, 2).Concat(NotPositive(nameof(Tolerance), Tolerance)).Concat(Below(nameof(MaximumNumberOfIterations), MaximumNumberOfIterations, 1)))
            yield return fault;
    }
}
