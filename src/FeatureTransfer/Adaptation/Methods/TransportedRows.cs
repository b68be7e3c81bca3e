using System.Numerics.Tensors;
using FeatureTransfer.Diagnostics;

namespace FeatureTransfer.Adaptation;

/// <summary>Source rows go to the mean of the target rows that the plan takes them to; others as the nearest of those does (Ferradans and others 2014). The target stays.</summary>
internal sealed class TransportedRows(double regularization, int maximumRows, int seed) : IAdaptation
{
    public (DomainMap Source, DomainMap Target, int Length) Learn(DomainRows rows, CancellationToken cancellation)
    {
        var some = rows.Some(maximumRows, seed);
        var cost = Array.ConvertAll(some.Source, row => Array.ConvertAll(some.Target, other => GaussianKernel.SquaredDistance(row, other)));
        var mean = cost.Average(row => row.Average());
        var plan = Sinkhorn.Plan(cost, regularization * Math.Max(mean, double.Epsilon), cancellation);
        double[][] moves = [.. some.Source.Select((row, i) => Move(row, plan[i], some.Target))];
        return (new NearestMap(some.Source, moves, adds: true), new SameMap(), rows.Dimension);
    }

    private static double[] Move(double[] row, double[] masses, double[][] targets)
    {
        var sum = masses.Sum();
        var place = new double[row.Length];
        for (var j = 0; j < targets.Length; j++)
            TensorPrimitives.MultiplyAdd(targets[j], masses[j] / sum, place, place);
        TensorPrimitives.Subtract<double>(place, row, place);
        return place;
    }
}
