namespace FeatureTransfer.Pipelines.Results;

/// <summary>How the rows with one value of a column were judged.</summary>
/// <param name="Name">The value.</param>
/// <param name="Rows">How many there are.</param>
/// <param name="Accuracy">The share of them that are right, 0 to 1.</param>
/// <param name="Interval">The 95 % confidence interval of the share, see <see cref="Results.Interval.OfShare" />.</param>
public sealed record SliceGroup(string Name, int Rows, double Accuracy, Interval Interval);
