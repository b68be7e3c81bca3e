using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>What a comparison of domains gave, with the models it trained.</summary>
/// <param name="Outcomes">Source-only first.</param>
/// <param name="Tables">The rows of both domains.</param>
/// <param name="Split">Which of them were trained on, looked at and judged.</param>
/// <param name="Report">What was found.</param>
internal sealed record ComparedDomains(IReadOnlyList<DomainOutcome> Outcomes, DomainTables Tables, DomainSplit Split, DomainComparisonReport Report) : IDisposable
{
    /// <summary>The rows of the source that were trained on, as they came.</summary>
    public Table Source { get; } = Tables.Source.Select(Split.Source);

    /// <summary>The rows of the target whose features were looked at, as they came.</summary>
    public Table Target { get; } = Tables.Target.Select(Split.Target.Train);

    /// <summary>The target's rows as they were read.</summary>
    public SourceRows TargetRows => Tables.TargetRows;

    /// <summary>The temperature and the limits of the model that is kept, and how it does with them; null where the pipeline asks for none.</summary>
    public KeptLimits? Limits { get; init; }

    /// <summary>The adaptation to keep; null where the plain model is.</summary>
    public DomainOutcome? Winner => Report.Keep == DomainComparison.SourceOnly ? null : Outcomes.Single(outcome => outcome.Name == Report.Keep);

    public void Dispose()
    {
        foreach (var outcome in Outcomes)
            outcome.Dispose();
        Limits?.Dispose();
    }
}
