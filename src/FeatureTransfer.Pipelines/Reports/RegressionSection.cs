using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>How far predicted numbers lie from the actual ones, and where they are furthest.</summary>
internal static class RegressionSection
{
    private const int Most = 15;

    public static string Render(RegressionDetail detail, bool hasPaths)
    {
        if (detail.Predictions.Count == 0)
            return "";
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<section><h2>Errors</h2><p>{Facts(detail)}</p><div class=\"tiles\">");
        new ScatterChart("Predicted against actual", [.. detail.Predictions.Select(row => (row.Truth, row.Predicted))]) { Below = "actual", Above = "predicted" }.Append(html);
        new Histogram("Residuals: predicted less actual", [.. detail.Predictions.Select(Error)]) { Below = "residual", Above = "rows" }.Append(html);
        html.Append("</div></section>");
        Largest(html, detail, hasPaths);
        return html.ToString();
    }

    private static string Facts(RegressionDetail detail)
    {
        var errors = detail.Predictions.Select(Error).Where(double.IsFinite).ToList();
        if (errors.Count == 0)
            return "No prediction is a number.";
        var sizes = errors.Select(Math.Abs).Order().ToList();
        return $"Half of the predictions are within {Html.Short(Quantile(0.5))} of the actual number, 95 % within {Html.Short(Quantile(0.95))}; on average they are {Html.Short(Math.Abs(errors.Average()))} too {(errors.Average() < 0 ? "low" : "high")}.";

        // The least size that the share of rows does not exceed.
        double Quantile(double share) => sizes[Math.Max(0, (int)Math.Ceiling(share * sizes.Count) - 1)];
    }

    private static void Largest(StringBuilder html, RegressionDetail detail, bool hasPaths)
    {
        html.Append("<section><h2>Largest errors</h2><table class=\"numbers\"><tr><th>Input</th><th>Actual</th><th>Predicted</th><th>Error</th></tr>");
        foreach (var row in detail.Predictions.OrderByDescending(Size).Take(Most))
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html.Text(hasPaths ? Path.GetFileName(row.Input) : row.Input)}</td><td>{Html.Short(row.Truth)}</td><td>{Html.Short(row.Predicted)}</td><td>{(Error(row) > 0 ? "+" : "")}{Html.Short(Error(row))}</td></tr>");
        html.Append("</table></section>");
    }

    private static double Error(NumberPrediction row) => row.Predicted - row.Truth;

    // What is not a number is worst.
    private static double Size(NumberPrediction row) => double.IsNaN(Error(row)) ? double.PositiveInfinity : Math.Abs(Error(row));
}
