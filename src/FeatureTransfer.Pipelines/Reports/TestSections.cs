namespace FeatureTransfer.Pipelines.Reports;

/// <summary>The sections on the held-out rows, by what is known of them.</summary>
internal static class TestSections
{
    public static string Render(EvaluationResult test, RunResult result) => string.Concat(
        test.Binary is { } binary ? BinarySection.Render(binary) : "",
        test.Regression is { } regression ? RegressionSection.Render(regression, result.HasPaths) : "",
        test.MultiLabel is { } labels ? MultiLabelSection.Render(labels) : "",
        test.ConfusionCounts.Count > 0 ? ConfusionSection.Render(test) : "",
        test.Task == PipelineTask.Multiclass ? ConfusedPairsSection.Render(test) : "",
        test.PerClass.Count > 0 ? ClassSection.Render(test) : "",
        CalibrationSection.Render(test, result.Calibration),
        LimitsSection.Render(test),
        SliceSection.Render(test),
        MapSection.Render(result),
        result.HasPaths ? MistakeSection.Render(test, result.Pictures) : MistakeSection.Table(test));
}
