namespace FeatureTransfer.Diagnostics;

/// <summary>
/// An estimate of a classifier's accuracy on a target without labels: that on source rows which it did not learn from, each weighed by how much likelier it is in
/// the target. Sugiyama and others, "Covariate Shift Adaptation by Importance Weighted Cross Validation" (2007). It holds where the domains differ in which rows
/// are frequent alone, and says little where few rows have most of the weight.
/// </summary>
/// <param name="Value">The weighted share of rows that are right, 0 to 1.</param>
/// <param name="EffectiveRows">How many rows of one weight would tell as much (Kish 1965).</param>
public readonly record struct ImportanceWeightedAccuracy(double Value, double EffectiveRows)
{
    /// <summary>Estimates it.</summary>
    /// <param name="weights">The ratio of the target's density to the source's at each row, 0 or more, up to a common factor.</param>
    /// <param name="right">Whether the classifier is right about the row.</param>
    /// <exception cref="ArgumentException">The lists have other lengths, a weight is below 0 or not finite, or none is above 0.</exception>
    public static ImportanceWeightedAccuracy Of(IReadOnlyList<double> weights, IReadOnlyList<bool> right)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(right);
        var sum = weights.Sum();
        if (weights.Count != right.Count || !(sum > 0) || weights.Any(weight => weight < 0 || !double.IsFinite(weight)))
            throw new ArgumentException($"There are {weights.Count} weights for {right.Count} rows. Expected a finite weight of 0 or more for each row, and one above 0.", nameof(weights));
        return new(weights.Zip(right).Sum(row => row.Second ? row.First : 0) / sum, sum * sum / weights.Sum(weight => weight * weight));
    }
}
