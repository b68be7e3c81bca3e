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
        return Report(temperature.Temperature, Known(rules, scored, labels), Own, score => temperature.Apply(score.ClassScores));

        float[] Own(RowScore score) => score.Probability is { } probability ? [1 - probability, probability] : (temperature with { Temperature = 1 }).Apply(score.ClassScores);
    }

    /// <summary>What the temperature within a model does to the errors of judged rows. Without it, the logits count as they are, also where the trainer itself makes other probabilities of them.</summary>
    /// <param name="temperature">The temperature; null where the model has none.</param>
    /// <param name="rules">How labels are read.</param>
    /// <param name="scored">What the model says of the rows, with its temperature.</param>
    /// <param name="labels">Their labels.</param>
    public static CalibrationReport? ReportWithin(double? temperature, TaskRules rules, ScoredRows scored, IReadOnlyList<string> labels)
    {
        return temperature is { } known ? Report(known, Known(rules, scored, labels), Without, With) : null;

        // The score of two classes is the logit, and no temperature has changed it.
        float[] Without(RowScore score) => score.Probability is null ? TemperatureScaling.Undo(score.Scores, known) : new TemperatureScaling(1, IsLogits: true).Apply(score.ClassScores);

        static float[] With(RowScore score) => score.Probability is { } probability ? [1 - probability, probability] : score.Scores;
    }

    private static CalibrationReport Report(double temperature, List<(RowScore Score, int Label)> rows, Func<RowScore, float[]> before, Func<RowScore, float[]> after)
    {
        return rows.Count == 0 ? new CalibrationReport(temperature, null, null) : new CalibrationReport(temperature, Errors(before), Errors(after));

        CalibrationMetrics Errors(Func<RowScore, float[]> probabilities) => CalibrationMetrics.Of([.. rows.Select(row => probabilities(row.Score))], [.. rows.Select(row => row.Label)]);
    }

    private static List<(RowScore Score, int Label)> Known(TaskRules rules, ScoredRows? scored, IReadOnlyList<string> labels) =>
        scored is null ? [] : Known(rules, scored.Rows.Select((score, row) => (row, scored.Labels, score)), labels);

    // Rows of a label that the model does not know say nothing of its probabilities.
    private static List<(RowScore Score, int Label)> Known(TaskRules rules, IEnumerable<(int Row, IReadOnlyList<string> Labels, RowScore Score)> scored, IReadOnlyList<string> labels)
    {
        var truths = rules.Strata(labels);
        return [.. scored
            .Select(row => (row.Score, Label: (row.Labels.Count > 0 ? row.Labels : rules.Labels).ToList().IndexOf(truths[row.Row])))
            .Where(row => row.Label >= 0)];
    }
}
