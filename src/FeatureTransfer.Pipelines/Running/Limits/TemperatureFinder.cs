using FeatureTransfer.Heads;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Finds the temperature that calibrates a trainer's probabilities, by rows that the models of the cross-validation had not learned from.</summary>
internal static class TemperatureFinder
{
    /// <summary>The temperature; null where the pipeline asks for none, or there are no such rows.</summary>
    /// <param name="definition">The pipeline.</param>
    /// <param name="rules">How labels are read.</param>
    /// <param name="outOfFold">What the folds say of the training rows.</param>
    /// <param name="labels">The labels of the training rows.</param>
    public static TemperatureScaling? Find(PipelineDefinition definition, TaskRules rules, IEnumerable<(int Row, IReadOnlyList<string> Labels, RowScore Score)> outOfFold, IReadOnlyList<string> labels)
    {
        if (!definition.Evaluation.Calibrate)
            return null;
        var rows = Known(rules, outOfFold.DistinctBy(fold => fold.Row), labels);
        return rows.Count == 0 ? null : TemperatureScaling.Fit([.. rows.Select(row => row.Score.ClassScores)], [.. rows.Select(row => row.Label)], definition.Task == PipelineTask.Binary ? true : null);
    }

    /// <summary>What the temperature does to the errors of judged rows.</summary>
    /// <param name="temperature">The temperature.</param>
    /// <param name="rules">How labels are read.</param>
    /// <param name="scored">What the trainer says of the rows.</param>
    /// <param name="labels">Their labels.</param>
    public static CalibrationReport? Report(TemperatureScaling? temperature, TaskRules rules, ScoredRows? scored, IReadOnlyList<string> labels)
    {
        if (temperature is null)
            return null;
        var rows = scored is null ? [] : Known(rules, scored.Rows.Select((score, row) => (row, scored.Labels, score)), labels);
        return rows.Count == 0
            ? new CalibrationReport(temperature.Temperature, null, null)
            : new CalibrationReport(temperature.Temperature, Errors(Own), Errors(score => temperature.Apply(score.ClassScores)));

        CalibrationMetrics Errors(Func<RowScore, float[]> probabilities) => CalibrationMetrics.Of([.. rows.Select(row => probabilities(row.Score))], [.. rows.Select(row => row.Label)]);

        float[] Own(RowScore score) => score.Probability is { } probability ? [1 - probability, probability] : (temperature with { Temperature = 1 }).Apply(score.ClassScores);
    }

    // Rows of a label that the model does not know say nothing of its probabilities.
    private static List<(RowScore Score, int Label)> Known(TaskRules rules, IEnumerable<(int Row, IReadOnlyList<string> Labels, RowScore Score)> scored, IReadOnlyList<string> labels)
    {
        var truths = rules.Strata(labels);
        return [.. scored
            .Select(row => (row.Score, Label: (row.Labels.Count > 0 ? row.Labels : rules.Labels).ToList().IndexOf(truths[row.Row])))
            .Where(row => row.Label >= 0)];
    }
}
