using FeatureTransfer.Pipelines.Data;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>ML.NET's metrics of several classes.</summary>
internal static class MulticlassMetrics
{
    // Single precision adds up to 1 only about.
    private const float SumTolerance = 1e-3f;

    /// <summary>Judges rows. A label that the model never learned has no score there: such a row is a mistake.</summary>
    public static MetricSet Evaluate(ClassCounting classes, IReadOnlyList<PredictionRow> rows, IReadOnlyList<RowScore> scores)
    {
        var probabilities = AreProbabilities(scores);
        var count = classes.Labels.Count;
        var key = new KeyDataViewType(typeof(uint), count);
        var table = new Table(rows.Count)
            .With(TableColumn.Of("Label", [.. rows.Select(row => (uint)classes.Index[row.Label] + 1)], key))
            .With("Score", [.. scores.Select(row => Padded(row.Scores, count, probabilities ? 0 : float.MinValue))])
            .With(TableColumn.Of("PredictedLabel", [.. rows.Select(row => (uint)classes.Index[row.Predicted] + 1)], key));
        var metrics = new MLContext(1).MulticlassClassification.Evaluate(table);
        MetricSet found = [new("microAccuracy", metrics.MicroAccuracy, true), new("macroAccuracy", metrics.MacroAccuracy, true)];
        return [.. found, .. probabilities ? [new MetricValue("logLoss", metrics.LogLoss, false)] : (MetricValue[])[], .. OfGate(rows, scores)];
    }

    // Whom a gate asked. The metrics before these count the rows that it leaves to a person by their most probable class.
    private static IEnumerable<MetricValue> OfGate(IReadOnlyList<PredictionRow> rows, IReadOnlyList<RowScore> scores)
    {
        if (scores is not [{ IsCostly: not null }, ..])
            yield break;
        yield return new("cheapShare", (double)scores.Count(score => score.IsCostly == false) / scores.Count, true);
        var answered = rows.Zip(scores).Where(row => !row.Second.IsAsked).ToList();
        if (answered.Count == scores.Count)
            yield break;
        yield return new("askedShare", 1 - ((double)answered.Count / scores.Count), false);
        yield return new("answeredAccuracy", answered.Count == 0 ? double.NaN : (double)answered.Count(row => row.First.Label == row.First.Predicted) / answered.Count, true);
    }

    // Not all trainers give probabilities.
    private static bool AreProbabilities(IReadOnlyList<RowScore> rows) =>
        rows.All(row => row.Scores.All(score => score is >= 0 and <= 1 + SumTolerance) && Math.Abs(row.Scores.Sum() - 1) <= SumTolerance);

    // ML.NET leaves rows out whose scores are not numbers; here they are mistakes.
    private static float[] Padded(float[] scores, int count, float unlearned) =>
        [.. scores.Select(score => float.IsNaN(score) ? float.MinValue : score), .. Enumerable.Repeat(unlearned, count - scores.Length)];
}
