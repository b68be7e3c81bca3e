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
            html.Append(CultureInfo.InvariantCulture, $" &middot; {Html.Text(backbone.Id)}, {backbone.FeatureLength} features ({Html.Text(backbone.Pooling)} of {Html.Text(backbone.LayersText)}), licence {Html.Text(backbone.Licence ?? "not stated")}");
        html.Append("</p><div class=\"tiles\">");
        if (result.Test is { } test)
            Test(html, test, result.TestRows);
        if (result.CrossValidation is { } folds)
            Folds(html, folds);
        if (result.Baseline is { } baseline)
            WithoutTransfer(html, baseline);
        Tile(html, "Rows", result.Rows.ToString(CultureInfo.InvariantCulture), $"{result.TrainRows} to train, {result.TestRows} to test, {result.Rejected.Count} rejected");
        html.Append("</div>");
        if (result is { Test: not null, CrossValidation: not null })
            html.Append("<p class=\"soft\">Cross-validation says how good the method is: each fold of the training rows is judged by a model that learned from the others. The held-out rows judge the model that is saved, once; it learned from all training rows. 95 %: confidence intervals.</p>");
        return html.ToString();
    }

    private static void Test(StringBuilder html, EvaluationResult test, int rows)
    {
        // Of several classes the few metrics have tiles that tell more.
        if (test.Task == PipelineTask.Multiclass && test.Metrics["microAccuracy"] is { } accuracy && test.Metrics["macroAccuracy"] is { } mean)
        {
            Tile(html, "Test accuracy", Html.Percent(accuracy), Range(Interval.OfShare(accuracy, rows), $"{rows} held-out rows"));
            Tile(html, "Mean over classes", Html.Percent(mean), test.Metrics["logLoss"] is { } loss ? $"log-loss {Html.Number(loss)}" : "log-loss not available");
            return;
        }

        foreach (var metric in test.Metrics)
            Tile(html, MetricTitles.Title(metric.Name), MetricTitles.Value(metric), Share(metric, rows));
    }

    private static void Folds(StringBuilder html, CrossValidationResult folds)
    {
        if (folds.Mean.Headline is not { } mean)
            return;
        var title = mean.Name == "microAccuracy" ? "Cross-validation" : $"Cross-validation: {MetricTitles.Title(mean.Name)}";
        var what = $"mean over {folds.Folds.Count} folds";
        Tile(html, title, MetricTitles.Value(mean), MetricTitles.IsShare(mean.Name) ? Range(folds.Interval, what) : $"± {MetricTitles.Value(folds.Std[0])}, {what}");
    }

    private static void WithoutTransfer(StringBuilder html, BaselineResult baseline)
    {
        if ((baseline.Test?.Metrics ?? baseline.CrossValidation?.Mean)?.Headline is not { } metric)
            return;
        var interval = baseline.Test is { } test ? test.Interval : baseline.CrossValidation?.Interval;
        var what = $"{baseline.Name}, the same chain and rows";
        Tile(html, "Without transfer", MetricTitles.Value(metric), MetricTitles.IsShare(metric.Name) ? Range(interval, what) : what);
    }

    private static void Tile(StringBuilder html, string title, string value, string detail) =>
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"tile\"><span class=\"soft\">{Html.Text(title)}</span><b>{Html.Text(value)}</b><span class=\"soft\">{Html.Text(detail)}</span></div>");

    private static string Range(Interval? interval, string what) => interval is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"95 %: {100 * Math.Max(0, known.Low):0.0} to {100 * Math.Min(1, known.High):0.0} %, {what}")
        : what;

    private static string Share(MetricValue metric, int rows) =>
        metric.IsShareOfRows ? Range(Interval.OfShare(metric.Value, rows), $"{rows} held-out rows") : metric.HigherIsBetter ? "higher is better" : "lower is better";
}
