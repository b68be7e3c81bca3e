using System.Globalization;
using System.Text;
using FeatureTransfer.Pipelines.Results;

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
            Tile(html, "Cross-validation", $"{Html.Percent(folds.Mean.MicroAccuracy)}", $"± {Html.Percent(folds.Std.MicroAccuracy)} over {folds.Folds.Count} folds");
        Tile(html, "Rows", result.Rows.ToString(CultureInfo.InvariantCulture), $"{result.TrainRows} to train, {result.TestRows} to test, {result.Rejected.Count} rejected");
        return html.Append("</div>").ToString();
    }

    // Of classes, which all have an accuracy, the tiles tell more.
    private static void Test(StringBuilder html, EvaluationResult test, int rows)
    {
        if (test is { Binary: null, Regression: null, MultiLabel: null })
        {
            Tile(html, "Test accuracy", Html.Percent(test.MicroAccuracy), $"{Interval(test.MicroAccuracy, rows)}, {rows} held-out rows");
            Tile(html, "Mean over classes", Html.Percent(test.MacroAccuracy), test.LogLoss is { } loss ? $"log-loss {Html.Number(loss)}" : "log-loss not available");
            return;
        }

        foreach (var metric in test.Metrics)
            Tile(html, MetricTitles.Title(metric.Name), MetricTitles.Value(metric), MetricTitles.IsShareOfRows(metric.Name) ? $"{Interval(metric.Value, rows)}, {rows} held-out rows" : metric.HigherIsBetter ? "higher is better" : "lower is better");
    }

    private static void Tile(StringBuilder html, string title, string value, string detail) =>
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"tile\"><span class=\"soft\">{Html.Text(title)}</span><b>{Html.Text(value)}</b><span class=\"soft\">{Html.Text(detail)}</span></div>");

    // Wilson's interval (1927), which stays within 0 and 1 and holds for few rows.
    private static string Interval(double share, int rows)
    {
        const double Z = 1.96;
        var middle = (share + (Z * Z / (2 * rows))) / (1 + (Z * Z / rows));
        var half = Z / (1 + (Z * Z / rows)) * Math.Sqrt((share * (1 - share) / rows) + (Z * Z / (4.0 * rows * rows)));
        return string.Create(CultureInfo.InvariantCulture, $"95 %: {100 * (middle - half):0.0} to {100 * (middle + half):0.0} %");
    }
}
