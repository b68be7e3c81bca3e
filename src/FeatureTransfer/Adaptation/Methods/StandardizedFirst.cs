namespace FeatureTransfer.Adaptation;

/// <summary>A method behind standardizing.</summary>
/// <param name="inner">The method.</param>
/// <param name="together">Whether both domains have one scale, so that their difference stays.</param>
internal sealed class StandardizedFirst(IAdaptation inner, bool together) : IAdaptation
{
    public (DomainMap Source, DomainMap Target, int Length) Learn(DomainRows rows, CancellationToken cancellation)
    {
        var ofSource = DomainScale.Of(together ? [.. rows.Source, .. rows.Target] : rows.Source);
        var ofTarget = together ? ofSource : DomainScale.Of(rows.Target);
        var (source, target, length) = inner.Learn(new DomainRows(ofSource.Apply(rows.Source), ofTarget.Apply(rows.Target)), cancellation);
        return (new BothMaps(ofSource.Map, source), new BothMaps(ofTarget.Map, target), length);
    }

    private sealed class BothMaps(DomainMap first, DomainMap second) : DomainMap
    {
        public override string AddTo(GraphBuilder builder, string features, string prefix) => second.AddTo(builder, first.AddTo(builder, features, prefix + "scale_"), prefix);
    }
}
