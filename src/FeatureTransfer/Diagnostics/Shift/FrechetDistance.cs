namespace FeatureTransfer.Diagnostics;

/// <summary>
/// The squared Fréchet distance of two samples, each taken as normally distributed: |m1 - m2|² + tr(C1 + C2 - 2 (C1 C2)^½). By Dowson and Landau (1982);
/// on features of a network it is the FID of Heusel and others (2017). It grows with noise where rows are few, so compare it on equal numbers of rows.
/// </summary>
public static class FrechetDistance
{
    /// <summary>Compares two samples.</summary>
    /// <param name="samples">The rows; time grows with the cube of the features.</param>
    public static double Of(TwoSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var (first, second) = (TwoSamples.Covariance(samples.Reference), TwoSamples.Covariance(samples.Fresh));
        var root = first.Power(0.5);
        var offset = (TwoSamples.Mean(samples.Reference) - TwoSamples.Mean(samples.Fresh)).L2Norm();
        return (offset * offset) + first.Trace() + second.Trace() - (2 * (root * second * root).Power(0.5).Trace());
    }
}
