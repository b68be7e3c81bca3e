namespace FeatureTransfer.Adaptation;

/// <summary>Each domain's features to mean 0 and variance 1.</summary>
internal sealed class Standardization : IAdaptation
{
    public (DomainMap Source, DomainMap Target, int Length) Learn(DomainRows rows, CancellationToken cancellation) => (Map(rows.Source), Map(rows.Target), rows.Dimension);

    private static ScaleMap Map(double[][] rows) => DomainScale.Of(rows).Map;
}
