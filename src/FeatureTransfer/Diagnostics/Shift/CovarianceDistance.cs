namespace FeatureTransfer.Diagnostics;

/// <summary>How far apart the covariances of two samples are: |C1 - C2|² / 4d² for d features, the loss of Sun and Saenko, "Deep CORAL" (2016).</summary>
public static class CovarianceDistance
{
    /// <summary>Compares two samples.</summary>
    /// <param name="samples">The rows.</param>
    public static double Of(TwoSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var norm = (TwoSamples.Covariance(samples.Reference) - TwoSamples.Covariance(samples.Fresh)).FrobeniusNorm();
        return norm * norm / (4.0 * samples.Length * samples.Length);
    }
}
