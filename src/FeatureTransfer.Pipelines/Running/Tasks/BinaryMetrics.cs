using FeatureTransfer.Pipelines.Data;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>ML.NET's metrics of two classes.</summary>
internal static class BinaryMetrics
{
    /// <summary>Judges rows.</summary>
    /// <param name="scores">What the model says of each.</param>
    /// <param name="truths">Whether each is positive.</param>
    /// <param name="threshold">From where on a row is called positive.</param>
    /// <param name="counting">What came of that.</param>
    public static MetricSet Evaluate(IReadOnlyList<RowScore> scores, bool[] truths, double threshold, ClassCounting counting)
    {
        // ML.NET refuses rows that are all alike, for there is no area under their curves.
        if (truths.Distinct().Take(2).Count() < 2)
            return Alike(counting, scores.Count);
        var table = new Table(scores.Count)
            .With(TableColumn.Of("Label", truths, BooleanDataViewType.Instance))
            .With("Score", Ranks(scores, threshold))
            .With(TableColumn.Of("PredictedLabel", [.. scores.Select(row => row.Decision >= threshold)], BooleanDataViewType.Instance));
        var catalog = new MLContext(1).BinaryClassification;
        if (scores.Any(row => row.Probability is null))
            return Of(catalog.EvaluateNonCalibrated(table));
        var metrics = catalog.Evaluate(table.With("Probability", [.. scores.Select(row => row.Probability!.Value)]));
        return [.. Of(metrics), new("logLoss", metrics.LogLoss, false)];
    }

    private static MetricSet Of(BinaryClassificationMetrics metrics) =>
    [
        new("accuracy", metrics.Accuracy, true),
        new("areaUnderRocCurve", metrics.AreaUnderRocCurve, true),
        new("areaUnderPrecisionRecallCurve", metrics.AreaUnderPrecisionRecallCurve, true),
        new("f1Score", OrZero(metrics.F1Score), true),
        new("positivePrecision", OrZero(metrics.PositivePrecision), true),
        new("positiveRecall", metrics.PositiveRecall, true),
        new("negativePrecision", OrZero(metrics.NegativePrecision), true),
        new("negativeRecall", metrics.NegativeRecall, true),
    ];

    private static MetricSet Alike(ClassCounting counting, int rows) =>
        [new("accuracy", (counting.Counts[0][0] + counting.Counts[1][1]) / rows, true)];

    // ML.NET calls a row positive by a score above 0, whatever else is predicted. Ranks around the threshold keep the order, which is all
    // that the areas depend on.
    private static float[] Ranks(IReadOnlyList<RowScore> scores, double threshold)
    {
        var ordered = scores.Select(row => row.Decision).Distinct().Order().ToList();
        var ranks = ordered.Select((decision, rank) => (decision, rank)).ToDictionary(pair => pair.decision, pair => pair.rank);
        var negative = ordered.Count(decision => !(decision >= threshold));
        return [.. scores.Select(row => ranks[row.Decision] - negative + 0.5f)];
    }

    // Where no row is called so, ML.NET says that it is not a number.
    private static double OrZero(double value) => double.IsNaN(value) ? 0 : value;
}
