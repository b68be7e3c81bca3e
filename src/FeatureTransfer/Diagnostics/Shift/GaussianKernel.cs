using System.Numerics.Tensors;

namespace FeatureTransfer.Diagnostics;

/// <summary>exp(-d² / 2w²) for two vectors at the Euclidean distance d.</summary>
/// <param name="width">The width w, above 0.</param>
internal sealed class GaussianKernel(double width)
{
    // The median of the distances among so many rows is near that of all.
    private const int MedianRows = 500;

    public double Width => width;

    /// <summary>The kernel whose width is the median distance of rows that differ, see Gretton and others (2012).</summary>
    public static GaussianKernel OfMedian(IReadOnlyList<double[]> rows)
    {
        var step = Math.Max(1, rows.Count / MedianRows);
        double[][] some = [.. rows.Where((_, row) => row % step == 0)];
        double[] distances = [.. some.SelectMany((row, i) => some.Skip(i + 1).Select(other => SquaredDistance(row, other))).Where(distance => distance > 0).Order()];
        return new GaussianKernel(distances.Length == 0 ? 1 : Math.Sqrt(distances[distances.Length / 2]));
    }

    /// <summary>The squared Euclidean distance.</summary>
    public static double SquaredDistance(double[] one, double[] other)
    {
        var distance = TensorPrimitives.Distance<double>(one, other);
        return distance * distance;
    }

    public double Of(double[] one, double[] other) => Math.Exp(-SquaredDistance(one, other) / (2 * width * width));

    /// <summary>The values for all pairs, (rows, others).</summary>
    public double[][] All(IReadOnlyList<double[]> rows, IReadOnlyList<double[]> others, CancellationToken cancellation = default)
    {
        var values = new double[rows.Count][];
        Parallel.For(0, rows.Count, new ParallelOptions { CancellationToken = cancellation }, row => values[row] = [.. others.Select(other => Of(rows[row], other))]);
        return values;
    }
}
