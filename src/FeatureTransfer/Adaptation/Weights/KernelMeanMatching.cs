using System.Numerics.Tensors;
using FeatureTransfer.Diagnostics;

namespace FeatureTransfer.Adaptation;

/// <summary>Kernel mean matching: half b'Kb - k'b at its least, for weights b from 0 to a bound whose mean is near 1.</summary>
internal static class KernelMeanMatching
{
    private const int Iterations = 2000;
    private const double Tolerance = 1e-6;

    /// <summary>The weights of source rows; any other row has that of the nearest.</summary>
    public static NearestMap Learn(DomainRows rows, double bound, CancellationToken cancellation)
    {
        var kernel = GaussianKernel.OfMedian([.. rows.Source, .. rows.Target]);
        var weights = Weights(kernel.All(rows.Source, rows.Source, cancellation), kernel.All(rows.Source, rows.Target, cancellation), bound, cancellation);
        return new NearestMap(rows.Source, Array.ConvertAll(weights, weight => new[] { weight }), adds: false);
    }

    /// <summary>The weights, by the accelerated projected gradient of Beck and Teboulle (2009).</summary>
    /// <param name="kernel">The kernel of source rows (rows, rows).</param>
    /// <param name="across">That of source and target rows.</param>
    /// <param name="bound">The largest weight.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static double[] Weights(double[][] kernel, double[][] across, double bound, CancellationToken cancellation)
    {
        var count = kernel.Length;
        var wanted = Array.ConvertAll(across, row => count * row.Average());

        // The largest sum of a row is no less than the largest eigenvalue.
        var step = 1 / kernel.Max(row => row.Sum());
        var slack = (Math.Sqrt(count) - 1) / Math.Sqrt(count);
        double[] weights = [.. Enumerable.Repeat(1.0, count)], ahead = [.. weights];
        for (var (i, pace, change) = (0, 1.0, 1.0); i < Iterations && change > Tolerance; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var next = new double[count];
            Parallel.For(0, count, row => next[row] = ahead[row] - (step * (TensorPrimitives.Dot<double>(kernel[row], ahead) - wanted[row])));
            Project(next, bound, count * (1 - slack), count * (1 + slack));
            var faster = (1 + Math.Sqrt(1 + (4 * pace * pace))) / 2;
            ahead = [.. next.Zip(weights, (now, before) => now + ((pace - 1) / faster * (now - before)))];
            change = TensorPrimitives.Distance<double>(next, weights) / Math.Sqrt(count);
            (weights, pace) = (next, faster);
        }

        return weights;
    }

    // The nearest weights from 0 to the bound whose sum is within the limits.
    private static void Project(double[] weights, double bound, double least, double most)
    {
        var sum = weights.Sum(weight => Math.Clamp(weight, 0, bound));
        var shift = sum < least ? Shift(weights, bound, least) : sum > most ? Shift(weights, bound, most) : 0;
        for (var i = 0; i < weights.Length; i++)
            weights[i] = Math.Clamp(weights[i] + shift, 0, bound);
    }

    private static double Shift(double[] weights, double bound, double wanted)
    {
        var (low, high) = (-weights.Max(), bound - weights.Min());
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (weights.Sum(weight => Math.Clamp(weight + middle, 0, bound)) < wanted)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }
}
