using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>What a comparison of domains gave, with the models it trained.</summary>
/// <param name="Outcomes">Source-only first.</param>
/// <param name="Source">The rows of the source that were trained on, as they came.</param>
/// <param name="Target">The rows of the target whose features were looked at, as they came.</param>
/// <param name="TargetRows">The target's rows as they were read.</param>
/// <param name="Report">What was found.</param>
internal sealed record ComparedDomains(IReadOnlyList<DomainOutcome> Outcomes, Table Source, Table Target, SourceRows TargetRows, DomainComparisonReport Report) : IDisposable
{
    /// <summary>The adaptation to keep; null where the plain model is.</summary>
    public DomainOutcome? Winner => Report.Keep == DomainComparison.SourceOnly ? null : Outcomes.Single(outcome => outcome.Name == Report.Keep);

    public void Dispose()
    {
        foreach (var outcome in Outcomes)
            outcome.Dispose();
    }
}
