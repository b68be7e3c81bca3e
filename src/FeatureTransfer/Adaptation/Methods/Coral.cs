using FeatureTransfer.Diagnostics;
using MathNet.Numerics.LinearAlgebra;

namespace FeatureTransfer.Adaptation;

/// <summary>The source is whitened and given the target's covariance and mean; the target stays.</summary>
internal sealed class Coral(double regularization) : IAdaptation
{
    public (DomainMap Source, DomainMap Target, int Length) Learn(DomainRows rows, CancellationToken cancellation)
    {
        var whitening = Covariance(rows.Source).Power(-0.5);
        cancellation.ThrowIfCancellationRequested();
        var matrix = whitening * Covariance(rows.Target).Power(0.5);
        return (new AffineMap(TwoSamples.Mean(rows.Source), matrix, TwoSamples.Mean(rows.Target)), new SameMap(), rows.Dimension);
    }

    private Matrix<double> Covariance(double[][] rows)
    {
        var covariance = TwoSamples.Covariance(rows);
        return covariance + (regularization * covariance.Trace() / covariance.RowCount * Matrix<double>.Build.DenseIdentity(covariance.RowCount));
    }
}
