namespace FeatureTransfer.Pipelines.Results;

/// <summary>What a report shows of a task with several labels a row.</summary>
/// <param name="Labels">One entry a label.</param>
/// <param name="Threshold">The probability from which on a row is given a label.</param>
public sealed record MultiLabelDetail(IReadOnlyList<LabelResult> Labels, double Threshold);

/// <summary>How well one of several labels is found.</summary>
/// <param name="Label">The label.</param>
/// <param name="Precision">The share of the rows given it that have it; 0 when none was given it.</param>
/// <param name="Recall">The share of the rows with it that are given it; 0 when there are none.</param>
/// <param name="F1">The harmonic mean of both; 0 when both are 0.</param>
/// <param name="AveragePrecision">The area under its precision-recall curve.</param>
/// <param name="Count">The rows that have it.</param>
public sealed record LabelResult(string Label, double Precision, double Recall, double F1, double AveragePrecision, int Count);
