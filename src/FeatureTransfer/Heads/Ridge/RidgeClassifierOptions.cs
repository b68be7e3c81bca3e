namespace FeatureTransfer.Heads;

/// <summary>
/// Least squares to +1 and -1, one class against the rest, with a penalty on the weights' squares (Hoerl and Kennard 1970; as a classifier, Rifkin
/// and Klautau 2004, "In defense of one-vs-all classification"). It has a closed form, so it is exact and fast.
/// </summary>
public sealed record RidgeClassifierOptions : CalibratedHeadOptions
{
    /// <summary>The penalty: the sum of squared errors plus this times the sum of squared weights is minimised; the bias is free. Above 0. Default 1.</summary>
    public double Alpha { get; init; } = 1;

    internal override HeadDecision Learn(LabelledFeatures rows, CancellationToken cancellation) => RidgeSolver.Solve(rows, Alpha, cancellation);

    private protected override IEnumerable<string> Faults() => NotPositive(nameof(Alpha), Alpha);
}
