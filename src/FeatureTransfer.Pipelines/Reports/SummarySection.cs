using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>The headline: what ran, and how good it is.</summary>
internal static class SummarySection
{
    public static string Render(RunResult result)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<h1>{Html.Text(result.Name)}</h1>");
        if (result.Description.Length > 0)
            html.Append(CultureInfo.InvariantCulture, $"<p>{Html.Text(result.Description)}</p>");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{result.Started:yyyy-MM-dd HH:mm} UTC, {result.Elapsed.TotalSeconds:0.0} s");
        if (result.Backbone is { } backbone)
            html.Append(CultureInfo.InvariantCulture, $" &middot; {Html.Text(backbone.Id)}, {backbone.FeatureLength} features ({Html.Text(backbone.Pooling)} of {Html.Text(string.Join(", ", backbone.Layers))}), licence {Html.Text(backbone.Licence ?? "not stated")}");
        html.Append("</p><div class=\"tiles\">");
        if (result.Test is { } test)
            Test(html, test, result.TestRows);
        if (result.CrossValidation is { } folds)
            Folds(html, folds);
        Tile(html, "Rows", result.Rows.ToString(CultureInfo.InvariantCulture), $"{result.TrainRows} to train, {result.TestRows} to test, {result.Rejected.Count} rejected");
        return html.Append("</div>").ToString();
    }

    private static void Test(StringBuilder html, EvaluationResult test, int rows)
    {
        // Of several classes the few metrics have tiles that tell more.
        if (test.Task == PipelineTask.Multiclass && test.Metrics["microAccuracy"] is { } accuracy && test.Metrics["macroAccuracy"] is { } mean)
        {
            Tile(html, "Test accuracy", Html.Percent(accuracy), $"{Interval(accuracy, rows)}, {rows} held-out rows");
            Tile(html, "Mean over classes", Html.Percent(mean), test.Metrics["logLoss"] is { } loss ? $"log-loss {Html.Number(loss)}" : "log-loss not available");
            return;
        }

        foreach (var metric in test.Metrics)
            Tile(html, MetricTitles.Title(metric.Name), MetricTitles.Value(metric), MetricTitles.IsShareOfRows(metric.Name) ? $"{Interval(metric.Value, rows)}, {rows} held-out rows" : metric.HigherIsBetter ? "higher is better" : "lower is better");
    }

    private static void Folds(StringBuilder html, CrossValidationResult folds)
    {
        if (folds.Mean.Headline is not { } mean)
            return;
        var title = mean.Name == "microAccuracy" ? "Cross-validation" : $"Cross-validation: {MetricTitles.Title(mean.Name)}";
        Tile(html, title, MetricTitles.Value(mean), $"± {MetricTitles.Value(folds.Std[0])} over {folds.Folds.Count} folds");
    }

    private static void Tile(StringBuilder html, string title, string value, string detail) =>
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"tile\"><span class=\"soft\">{Html.Text(title)}</span><b>{Html.Text(value)}</b><span class=\"soft\">{Html.Text(detail)}</span></div>");

    // Wilson's interval (1927), which stays within 0 and 1 and holds for few rows.
    private static string Interval(double share, int rows)
    {
        const double Z = 1.96;
        var middle = (share + (Z * Z / (2 * rows))) / (1 + (Z * Z / rows));
        var half = Z / (1 + (Z * Z / rows)) * Math.Sqrt((share * (1 - share) / rows) + (Z * Z / (4.0 * rows * rows)));
        return string.Create(CultureInfo.InvariantCulture, $"95 %: {100 * Math.Max(0, middle - half):0.0} to {100 * (middle + half):0.0} %");
    }
}
