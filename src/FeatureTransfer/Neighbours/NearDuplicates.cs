namespace FeatureTransfer.Neighbours;

/// <summary>Finds items that are nearly the same, such as one photograph in two sizes.</summary>
public static class NearDuplicates
{
    private const int GroupRows = 64;

    /// <summary>
    /// Groups of items that are joined by a chain of pairs within the threshold: the ends of a chain may lie further apart. All pairs are compared,
    /// on all cores, so the time grows with the square of the number of items.
    /// </summary>
    /// <param name="index">The items.</param>
    /// <param name="threshold">With <see cref="SimilarityMetric.Cosine"/> the cosine from which on two items are nearly the same, from -1 to 1; with <see cref="SimilarityMetric.Euclidean"/> the distance up to which they are, 0 or more.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The rows of each group of 2 or more, ascending; the groups in the order of their first rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is out of range.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Find(NeighbourIndex index, double threshold, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(index);
        if (!IsThreshold(index.Metric, threshold))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, $"Expected {ExpectedThreshold(index.Metric)}.");
        var joined = new DisjointRows(index.Count);
        var limit = index.Metric == SimilarityMetric.Cosine ? (float)(1 - threshold) : (float)threshold;
        Parallel.For(0, (index.Count + GroupRows - 1) / GroupRows, new ParallelOptions { CancellationToken = cancellationToken }, group => Join(index, group * GroupRows, limit, joined));
        return
        [
            .. Enumerable.Range(0, index.Count).GroupBy(joined.First).Where(rows => rows.Skip(1).Any()).Select(rows => (IReadOnlyList<int>)[.. rows]),
        ];
    }

    /// <summary>Whether a threshold is in range.</summary>
    internal static bool IsThreshold(SimilarityMetric metric, double threshold) =>
        metric == SimilarityMetric.Cosine ? threshold is >= -1 and <= 1 : threshold is >= 0 and < double.PositiveInfinity;

    /// <summary>What messages say of thresholds.</summary>
    internal static string ExpectedThreshold(SimilarityMetric metric) => metric == SimilarityMetric.Cosine ? "a cosine, from -1 to 1" : "a distance, 0 or more";

    // Each row of the group with those before it, a block of rows at a time that stays in the processor's cache.
    private static void Join(NeighbourIndex index, int start, float limit, DisjointRows joined)
    {
        var end = Math.Min(start + GroupRows, index.Count);
        Span<float> distances = stackalloc float[GroupRows];
        for (var block = 0; block < end; block += GroupRows)
        {
            for (var row = Math.Max(start, block + 1); row < end; row++)
            {
                var some = distances[..(Math.Min(block + GroupRows, row) - block)];
                VectorSpace.Distances(index.Metric, index.Vector(row), index.Vectors.Slice(block * index.Dimension, some.Length * index.Dimension), some);
                for (var i = 0; i < some.Length; i++)
                {
                    if (some[i] <= limit)
                        joined.Join(block + i, row);
                }
            }
        }
    }
}
