using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Heads;

/// <summary>Rows joined with their nearest.</summary>
/// <param name="joined">The rows that each is joined with: never itself, and always the other way round too.</param>
internal sealed class LabelGraph(int[][] joined)
{
    private const double Tolerance = 1e-9;

    /// <summary>The rows that each is joined with.</summary>
    public int[][] Joined => joined;

    /// <summary>Joins rows with the nearest of them.</summary>
    /// <param name="rows">The rows, (rows, dimension), prepared for the metric.</param>
    /// <param name="dimension">Values a row.</param>
    /// <param name="k">How many of the nearest; all where there are fewer.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static LabelGraph Of(float[] rows, int dimension, int k, SimilarityMetric metric, CancellationToken cancellation)
    {
        var count = rows.Length / dimension;
        var nearest = new int[count][];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, row =>
        {
            var distances = new float[count];
            VectorSpace.Distances(metric, rows.AsSpan(row * dimension, dimension), rows, distances);
            distances[row] = float.PositiveInfinity;
            var order = Enumerable.Range(0, count).ToArray();
            Array.Sort(distances, order);
            nearest[row] = order[..Math.Min(k, count - 1)];
        });
        var joined = Array.ConvertAll(nearest, some => some.ToHashSet());
        for (var row = 0; row < count; row++)
        {
            foreach (var other in nearest[row])
                joined[other].Add(row);
        }

        return new LabelGraph(Array.ConvertAll(joined, some => some.Order().ToArray()));
    }

    /// <summary>The shares of the classes, (rows, classes), not scaled; all 0 where no label reaches a row. F = aSF + (1 - a)Y has one solution, and repeating it leads there.</summary>
    /// <param name="labels">The labels of the first rows.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="alpha">How much comes of the neighbours.</param>
    /// <param name="cancellation">Stops the work.</param>
    public double[][] Spread(int[] labels, int classes, double alpha, CancellationToken cancellation)
    {
        var scale = Array.ConvertAll(joined, some => 1 / Math.Sqrt(Math.Max(1, some.Length)));
        var shares = joined.Select(_ => new double[classes]).ToArray();
        var next = joined.Select(_ => new double[classes]).ToArray();
        for (var left = 1.0; left > Tolerance; left *= alpha)
        {
            cancellation.ThrowIfCancellationRequested();
            Parallel.For(0, joined.Length, row =>
            {
                Array.Clear(next[row]);
                foreach (var other in joined[row])
                    System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(shares[other], alpha * scale[row] * scale[other], next[row], next[row]);
                if (row < labels.Length)
                    next[row][labels[row]] += 1 - alpha;
            });
            (shares, next) = (next, shares);
        }

        return shares;
    }
}
