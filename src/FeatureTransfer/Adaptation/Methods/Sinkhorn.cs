using System.Numerics.Tensors;

namespace FeatureTransfer.Adaptation;

/// <summary>
/// The plan that transports equal masses at the least cost less a multiple of its entropy, in logarithms, so that a small multiple does not underflow. Cuturi,
/// "Sinkhorn Distances" (2013).
/// </summary>
internal static class Sinkhorn
{
    private const int Iterations = 500;
    private const double Tolerance = 1e-6;

    /// <summary>The plan (rows, columns); each row sums to 1 / rows, each column to 1 / columns.</summary>
    /// <param name="cost">The cost of each pair.</param>
    /// <param name="entropy">The multiple, above 0, in units of the cost.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static double[][] Plan(double[][] cost, double entropy, CancellationToken cancellation)
    {
        var kernel = Array.ConvertAll(cost, row => Array.ConvertAll(row, value => -value / entropy));
        var turned = Enumerable.Range(0, cost[0].Length).Select(column => Array.ConvertAll(kernel, row => row[column])).ToArray();
        var (left, right) = (new double[kernel.Length], new double[turned.Length]);
        for (var i = 0; i < Iterations; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Scale(kernel, right, left);
            if (Scale(turned, left, right) < Tolerance)
                break;
        }

        return [.. kernel.Select((row, i) => row.Select((value, j) => Math.Exp(value + left[i] + right[j])).ToArray())];
    }

    // Makes the sums of the rows right, and says by how much the largest was wrong, as a share.
    private static double Scale(double[][] kernel, double[] others, double[] own)
    {
        var mass = -Math.Log(kernel.Length);
        var changes = new double[kernel.Length];
        Parallel.For(0, kernel.Length, row =>
        {
            var terms = new double[others.Length];
            TensorPrimitives.Add<double>(kernel[row], others, terms);
            var largest = TensorPrimitives.Max<double>(terms);
            TensorPrimitives.Subtract(terms, largest, terms);
            TensorPrimitives.Exp<double>(terms, terms);
            var scale = mass - largest - Math.Log(TensorPrimitives.Sum<double>(terms));
            changes[row] = Math.Abs(Math.Exp(own[row] - scale) - 1);
            own[row] = scale;
        });
        return changes.Max();
    }
}
