using System.Text.Json.Serialization;

namespace FeatureTransfer.Pipelines.Results;

/// <summary>The metrics of a cross-validation.</summary>
/// <param name="Folds">One entry a fold and repetition.</param>
/// <param name="Mean">The means over <paramref name="Folds" /> of the metrics that all folds have.</param>
/// <param name="Std">Their standard deviations over <paramref name="Folds" /> (n - 1 below the fraction line; 0 for one fold).</param>
public sealed record CrossValidationResult(IReadOnlyList<FoldResult> Folds, MetricSet Mean, MetricSet Std)
{
    /// <summary>The 95 % confidence interval of the mean of the metric that counts most, see <see cref="Results.Interval.OfFolds" />; null where there is no metric or one fold.</summary>
    public Interval? Interval => Mean.Headline is { } mean && Results.Interval.OfFolds(mean.Value, Std[mean.Name] ?? 0, Folds) is { } interval
        ? mean.IsShareOfRows ? interval.WithinOne() : interval
        : null;
}

/// <summary>
/// The metrics of one fold. In a task with two answers a row counts as positive from a probability of 0.5 on (from a score of 0 on, where the
/// trainer gives no probabilities), for the threshold that is chosen later is chosen with these very rows.
/// </summary>
/// <param name="Repeat">The repetition, from 0.</param>
/// <param name="Fold">The fold within the repetition, from 0.</param>
/// <param name="TrainRows">Rows it was trained on.</param>
/// <param name="TestRows">Rows it was judged on.</param>
/// <param name="Metrics">The metrics, the one that counts most first.</param>
[JsonConverter(typeof(FoldResultConverter))]
public sealed record FoldResult(int Repeat, int Fold, int TrainRows, int TestRows, MetricSet Metrics);
