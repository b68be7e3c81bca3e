namespace FeatureTransfer.Heads;

/// <summary>Thresholds with a guarantee for finitely many rows, if the rows to come are drawn as these were.</summary>
public static class FiniteSampleQuantile
{
    /// <summary>
    /// The threshold that a new row's value stays at or below with at least the level as probability: the ceil((n + 1) level)-th smallest of n values,
    /// and infinity where that is more than n.
    /// </summary>
    /// <param name="values">Values of rows that nothing was fitted on.</param>
    /// <param name="level">Above 0 and below 1. For a false-alarm rate of 5 % over known rows, 0.95.</param>
    /// <exception cref="ArgumentException">There are no values, or one is not a number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public static double At(IEnumerable<double> values, double level)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!(level is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "Expected a number above 0 and below 1.");
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0 || double.IsNaN(sorted[0]))
            throw new ArgumentException("Expected one value or more, all of them numbers.", nameof(values));

        // (n + 1) times the level is a whole number more often than its rounding says.
        var rank = (int)Math.Ceiling(((sorted.Length + 1) * level) - 1e-9);
        return rank > sorted.Length ? double.PositiveInfinity : sorted[rank - 1];
    }
}
