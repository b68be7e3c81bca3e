using FeatureTransfer.Diagnostics;
using MathNet.Numerics.LinearAlgebra;

namespace FeatureTransfer.Adaptation;

/// <summary>
/// The directions a with the most of a'Sa, the variance of all rows, under a'(dd' + pI)a = 1, for d the difference of the domains' means and p the penalty. With
/// a linear kernel dd' is the discrepancy of the domains.
/// </summary>
internal sealed class TransferComponents(int components, double regularization) : IAdaptation
{
    public (DomainMap Source, DomainMap Target, int Length) Learn(DomainRows rows, CancellationToken cancellation)
    {
        double[][] all = [.. rows.Source, .. rows.Target];
        var variance = TwoSamples.Covariance(all);
        var penalty = regularization * Math.Max(variance.Trace() / rows.Dimension, double.Epsilon);
        var inverse = InverseRoot(TwoSamples.Mean(rows.Source) - TwoSamples.Mean(rows.Target), penalty);
        cancellation.ThrowIfCancellationRequested();
        var count = Math.Min(Math.Min(components, rows.Dimension), Math.Min(rows.Source.Length, rows.Target.Length) - 1);
        var map = new AffineMap(TwoSamples.Mean(all), inverse * (inverse * variance * inverse).Leading(count));
        return (map, map, count);
    }

    // (dd' + pI)^-1/2: 1 / sqrt(p) in all directions but that of d.
    private static Matrix<double> InverseRoot(Vector<double> difference, double penalty)
    {
        var length = difference.L2Norm();
        var root = Matrix<double>.Build.DenseIdentity(difference.Count) / Math.Sqrt(penalty);
        if (length == 0)
            return root;
        var direction = difference / length;
        return root + (((1 / Math.Sqrt(penalty + (length * length))) - (1 / Math.Sqrt(penalty))) * direction.OuterProduct(direction));
    }
}
