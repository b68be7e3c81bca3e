using System.Numerics.Tensors;

namespace FeatureTransfer.Diagnostics;

/// <summary>
/// How densely rows of a target lie by what a classifier says of them, without labels. Saito and others, "Tune it the Right Way: Unsupervised Validation of Domain
/// Adaptation via Soft Neighborhood Density" (2021). Of two adaptations the one with more is often the better; a whole class that lies among another's is dense too.
/// </summary>
public static class SoftNeighbourhoodDensity
{
    /// <summary>
    /// Measures it: the mean entropy, in nats, of each row's softmax over its cosine similarities to the other rows, from 0 to the logarithm of their number.
    /// Takes time with the square of the rows.
    /// </summary>
    /// <param name="probabilities">The probabilities of the classes, a vector a row; two rows or more.</param>
    /// <param name="temperature">By what similarities are divided, above 0. Default 0.05.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">There are fewer than two rows, or the temperature is not above 0.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static double Of(IReadOnlyList<float[]> probabilities, double temperature = 0.05, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        if (probabilities.Count < 2)
            throw new ArgumentException($"There are {probabilities.Count} rows. Expected two or more.", nameof(probabilities));
        double[] entropies = new double[probabilities.Count];
        Parallel.For(0, entropies.Length, new ParallelOptions { CancellationToken = cancellationToken }, row => entropies[row] = Entropy(probabilities, row, temperature));
        return entropies.Average();
    }

    // -sum p log p is log z - sum e l / z, for logits l less the largest, e = exp l and z = sum e.
    private static double Entropy(IReadOnlyList<float[]> rows, int row, double temperature)
    {
        double[] logits = [.. Enumerable.Range(0, rows.Count).Where(other => other != row).Select(other => TensorPrimitives.CosineSimilarity<float>(rows[row], rows[other]) / temperature)];
        TensorPrimitives.Subtract(logits, TensorPrimitives.Max<double>(logits), logits);
        var sum = logits.Sum(Math.Exp);
        return Math.Log(sum) - (logits.Sum(logit => Math.Exp(logit) * logit) / sum);
    }
}
