using FeatureTransfer.Splits;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Which rows of two domains are trained on, looked at and judged.</summary>
/// <param name="Source">The rows of the source that may be trained on beside those that judge.</param>
/// <param name="Target">The rows of the target that are looked at, and those that judge.</param>
internal sealed record DomainSplit(IReadOnlyList<int> Source, SplitRows Target);
