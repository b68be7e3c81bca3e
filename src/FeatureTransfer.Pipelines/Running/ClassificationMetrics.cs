using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Judges predictions whose labels are known.</summary>
internal static class ClassificationMetrics
{
    // Below this a probability counts as this, so that one certain mistake does not make the loss infinite.
    private const double LeastProbability = 1e-15;

    /// <summary>Metrics of rows.</summary>
    /// <param name="labels">The labels, in the order of the scores.</param>
    /// <param name="rows">What was predicted.</param>
    /// <param name="trueProbabilities">The probability given to the true label, one a row; null when the scores are no probabilities.</param>
    public static EvaluationResult Evaluate(IReadOnlyList<string> labels, IReadOnlyList<PredictionRow> rows, IReadOnlyList<double>? trueProbabilities)
    {
        string[] all = [.. labels, .. rows.Select(row => row.Label).Where(label => !labels.Contains(label)).Distinct().Order(StringComparer.Ordinal)];
        var index = all.Select((label, i) => (label, i)).ToDictionary(pair => pair.label, pair => pair.i, StringComparer.Ordinal);
        var counts = Array.ConvertAll(all, _ => new double[all.Length]);
        foreach (var row in rows)
            counts[index[row.Label]][index[row.Predicted]]++;
        var classes = all.Select((label, i) => Class(label, counts, i)).ToList();
        return new EvaluationResult
        {
            Labels = all,
            MicroAccuracy = rows.Count(row => row.Label == row.Predicted) / (double)rows.Count,
            MacroAccuracy = classes.Where(c => c.Count > 0).Average(c => c.Recall),
            LogLoss = trueProbabilities?.Average(probability => -Math.Log(Math.Max(probability, LeastProbability))),
            ConfusionCounts = counts,
            PerClass = classes,
            Predictions = rows,
        };
    }

    private static ClassResult Class(string label, double[][] counts, int index)
    {
        var found = counts[index][index];
        var given = counts.Sum(row => row[index]);
        var present = counts[index].Sum();
        return new ClassResult(label, given > 0 ? found / given : 0, present > 0 ? found / present : 0, (int)present);
    }

    /// <summary>Means and standard deviations over folds.</summary>
    public static CrossValidationResult Summarize(IReadOnlyList<FoldResult> folds)
    {
        var losses = folds.Select(f => f.LogLoss).OfType<double>().ToList();
        return new CrossValidationResult(
            folds,
            new MetricValues(folds.Average(f => f.MicroAccuracy), folds.Average(f => f.MacroAccuracy), losses.Count == folds.Count ? losses.Average() : null),
            new MetricValues(Deviation(folds.Select(f => f.MicroAccuracy)), Deviation(folds.Select(f => f.MacroAccuracy)), losses.Count == folds.Count ? Deviation(losses) : null));
    }

    private static double Deviation(IEnumerable<double> values)
    {
        var list = values.ToList();
        var mean = list.Average();
        return list.Count < 2 ? 0 : Math.Sqrt(list.Sum(value => (value - mean) * (value - mean)) / (list.Count - 1));
    }
}
