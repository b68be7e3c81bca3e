using FeatureTransfer.Diagnostics;

namespace FeatureTransfer.Adaptation;

/// <summary>Both domains to their principal axes, and the source's axes turned to the target's.</summary>
internal sealed class SubspaceAlignment(int components) : IAdaptation
{
    public (DomainMap Source, DomainMap Target, int Length) Learn(DomainRows rows, CancellationToken cancellation)
    {
        var count = Math.Min(Math.Min(components, rows.Dimension), Math.Min(rows.Source.Length, rows.Target.Length) - 1);
        var source = TwoSamples.Covariance(rows.Source).Leading(count);
        cancellation.ThrowIfCancellationRequested();
        var target = TwoSamples.Covariance(rows.Target).Leading(count);
        var aligned = source * source.TransposeThisAndMultiply(target);
        return (new AffineMap(TwoSamples.Mean(rows.Source), aligned), new AffineMap(TwoSamples.Mean(rows.Target), target), count);
    }
}
