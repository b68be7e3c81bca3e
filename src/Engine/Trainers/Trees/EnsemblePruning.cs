namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Finds after training how many trees to keep, from the validation error after each of them.</summary>
internal static class EnsemblePruning
{
    /// <summary>
    /// The number of trees with the least error; the tolerant way takes the first number whose error, as the mean over
    /// the window that ends there, is above the least such mean by the threshold at most.
    /// </summary>
    public static int BestCount(IReadOnlyList<float> errors, BoostedTreeOptions options)
    {
        var measured = options.UseTolerantPruning ? Means(errors, options.PruningWindowSize) : [.. errors.Select(e => (double)e)];
        if (measured.Length == 0)
            return 0;
        double limit = measured.Min() + (options.UseTolerantPruning ? options.PruningThreshold : 0);
        return 1 + Array.FindIndex(measured, error => error <= limit);
    }

    // Windows are shorter at the beginning.
    private static double[] Means(IReadOnlyList<float> errors, int window)
    {
        var means = new double[errors.Count];
        for (int i = 0; i < means.Length; i++)
            means[i] = errors.Skip(i + 1 - Math.Min(window, i + 1)).Take(Math.Min(window, i + 1)).Average(e => (double)e);
        return means;
    }
}
