using System.Text;
using FeatureTransfer.Heads;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>Which labels come into question beside the likeliest, and how many rows are unknown.</summary>
internal static class LimitsSection
{
    public static string Render(EvaluationResult test) => string.Concat(
        test.Limits?.Sets is { } sets ? Sets(sets, test.Rows) : "",
        test.Limits?.Unknown is { } unknown ? Unknown(unknown, test.Rows) : "");

    private static string Sets(SetReport sets, int rows)
    {
        var html = new StringBuilder("<section><h2>Sets of labels</h2><div class=\"tiles\">");
        Tile(html, "Hold the label", Html.Percent(sets.Covered), $"{Html.Percent(sets.Limit.Coverage)} were asked for; 95 %: {Html.Percent(sets.Interval.Low)} to {Html.Percent(sets.Interval.High)}, {rows} rows");
        Tile(html, "Labels a set", Html.Short(sets.MeanSize), $"one label: {Html.Percent(sets.Single)} of the sets; none: {Html.Percent(sets.Empty)}");
        html.Append(CultureInfo.InvariantCulture, $"</div><p class=\"soft\">{Rule(sets.Limit)}, found on {sets.Limit.Rows} rows of the cross-validation (conformal prediction). It holds for rows that are drawn as these were; a set without labels is a row that fits none as rows usually do.</p>");
        return html.Append("</section>").ToString();
    }

    private static string Rule(SetLimit limit) => limit.Method == ConformalMethod.Adaptive
        ? $"The likeliest labels are in the set up to a sum of probabilities of {Html.Number(limit.Threshold)}, and chance decides on the last of them"
        : $"A label is in the set from a probability of {Html.Number(1 - limit.Threshold)} on";

    private static string Unknown(UnknownReport unknown, int rows)
    {
        var html = new StringBuilder("<section><h2>Unknown</h2><div class=\"tiles\">");
        Tile(html, "Called unknown", Html.Percent(unknown.Share), $"{Html.Percent(unknown.Limit.FalseAlarm)} of known labels may be; 95 %: {Html.Percent(unknown.Interval.Low)} to {Html.Percent(unknown.Interval.High)}, {rows} rows");
        if (unknown.KnownAccuracy is { } accuracy)
            Tile(html, "Accuracy of the others", Html.Percent(accuracy), "");
        html.Append(CultureInfo.InvariantCulture, $"</div><p class=\"soft\">{(unknown.Limit.Threshold is { } threshold ? $"A row is unknown where {Html.Text(unknown.Limit.Column)} tells more than {Html.Short(threshold)}, found on {unknown.Limit.Rows} rows of the cross-validation." : $"The {unknown.Limit.Rows} rows of the cross-validation are too few for this rate, so none is unknown.")} What it catches depends on how far the unknown is from what the model knows.</p>");
        return html.Append("</section>").ToString();
    }

    private static void Tile(StringBuilder html, string title, string value, string detail) =>
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"tile\"><span class=\"soft\">{Html.Text(title)}</span><b>{Html.Text(value)}</b><span class=\"soft\">{Html.Text(detail)}</span></div>");
}
