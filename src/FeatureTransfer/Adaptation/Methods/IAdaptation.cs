namespace FeatureTransfer.Adaptation;

/// <summary>A way to bring two domains together.</summary>
internal interface IAdaptation
{
    /// <summary>The maps of both domains, and the length of what they give.</summary>
    (DomainMap Source, DomainMap Target, int Length) Learn(DomainRows rows, CancellationToken cancellation);
}
