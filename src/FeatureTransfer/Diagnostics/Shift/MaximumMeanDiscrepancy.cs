namespace FeatureTransfer.Diagnostics;

/// <summary>A distance with the test whether it is more than chance.</summary>
/// <param name="Value">The squared distance; unbiased, so that it may be below 0 where there is none.</param>
/// <param name="PValue">The share of random divisions of the same rows that are as far apart.</param>
public readonly record struct ShiftTest(double Value, double PValue);

/// <summary>
/// The squared maximum mean discrepancy with a Gaussian kernel as wide as the median distance, and its permutation test. By Gretton and others, "A
/// Kernel Two-Sample Test" (2012).
/// </summary>
public static class MaximumMeanDiscrepancy
{
    /// <summary>Compares two samples.</summary>
    /// <param name="samples">The rows; time and memory grow with the square of their number, and a thousand of each are enough.</param>
    /// <param name="permutations">How many random divisions the test draws, 1 or more; the smallest p-value is 1 / (1 + that). Default 999.</param>
    /// <param name="seed">The seed of these. Default 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ShiftTest Of(TwoSamples samples, int permutations = 999, int seed = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(permutations, 1);
        double[][] all = [.. samples.Reference, .. samples.Fresh];
        var kernel = GaussianKernel.OfMedian(all).All(all, all, cancellationToken);
        int[] order = [.. Enumerable.Range(0, all.Length)];
        var found = Distance(kernel, order, samples.Reference.Length);
        var random = new Random(seed);
        var orders = Enumerable.Range(0, permutations).Select(_ => Shuffled(order, random)).ToList();
        var asFar = 0;
        Parallel.ForEach(orders, new ParallelOptions { CancellationToken = cancellationToken }, other =>
        {
            if (Distance(kernel, other, samples.Reference.Length) >= found - 1e-12)
                Interlocked.Increment(ref asFar);
        });
        return new ShiftTest(found, (1.0 + asFar) / (1 + permutations));
    }

    /// <summary>The unbiased estimate; a row is not compared with itself.</summary>
    private static double Distance(double[][] kernel, int[] order, int count)
    {
        var (first, second) = (new bool[order.Length], order.Length - count);
        foreach (var row in order.AsSpan(0, count))
            first[row] = true;
        var (within, beyond, across) = (0.0, 0.0, 0.0);
        for (var i = 0; i < kernel.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (first[i] != first[j])
                    across += kernel[i][j];
                else if (first[i])
                    within += kernel[i][j];
                else
                    beyond += kernel[i][j];
            }
        }

        return (2 * within / (count * (count - 1.0))) + (2 * beyond / (second * (second - 1.0))) - (2 * across / ((double)count * second));
    }

    private static int[] Shuffled(int[] order, Random random)
    {
        int[] shuffled = [.. order];
        random.Shuffle(shuffled);
        return shuffled;
    }
}
