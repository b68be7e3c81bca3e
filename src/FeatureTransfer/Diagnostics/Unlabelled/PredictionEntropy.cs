namespace FeatureTransfer.Diagnostics;

/// <summary>
/// How undecided a classifier is, without labels: the mean entropy of its probabilities. Morerio and others, "Minimal-Entropy Correlation Alignment for
/// Unsupervised Deep Domain Adaptation" (2018). Of two adaptations the one with less is often the better; one that calls all rows by one class has the least of all.
/// </summary>
public static class PredictionEntropy
{
    /// <summary>Measures it, in nats: from 0 to the logarithm of the number of classes.</summary>
    /// <param name="probabilities">The probabilities of the classes, a vector a row.</param>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    public static double Of(IReadOnlyList<float[]> probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        return probabilities.Count > 0
            ? probabilities.Average(row => row.Sum(share => share > 0 ? -share * Math.Log(share) : 0.0))
            : throw new ArgumentException("There are no rows. Expected one or more.", nameof(probabilities));
    }
}
