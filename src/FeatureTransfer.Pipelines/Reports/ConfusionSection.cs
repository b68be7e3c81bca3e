using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>The confusion matrix as a heat map of shares, where it has few enough labels to be read.</summary>
internal static class ConfusionSection
{
    private const int MostLabels = 20;

    // With more than these a narrow page shows the shades alone.
    private const int MostNumbersAcross = 10;
    private const int NamesWidth = 150, CellWidth = 54;

    public static string Render(EvaluationResult test)
    {
        var labels = test.Labels;
        var html = new StringBuilder("<section><h2>Confusion matrix</h2>");
        if (labels.Count > MostLabels)
            return html.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">With {labels.Count:N0} labels it is too large to be drawn: see the most confused labels.</p></section>").ToString();
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">Rows are true labels, columns predictions: what lies off the diagonal is wrong. The shade is the share of the row.</p><table class=\"matrix{(labels.Count > MostNumbersAcross ? " many" : "")}\" style=\"max-width:{NamesWidth + (CellWidth * labels.Count)}px\"><colgroup><col class=\"names\"><col span=\"{labels.Count}\"></colgroup><tr><td></td><th class=\"axis\" colspan=\"{labels.Count}\">Predicted</th></tr><tr><th class=\"axis\">True label</th>");
        foreach (var label in labels)
            html.Append(CultureInfo.InvariantCulture, $"<th title=\"{Html.Text(label)}\"><span>{Html.Text(label)}</span></th>");
        html.Append("</tr>");
        for (var row = 0; row < labels.Count; row++)
            Row(html, test, row);
        return html.Append("</table></section>").ToString();
    }

    private static void Row(StringBuilder html, EvaluationResult test, int row)
    {
        html.Append(CultureInfo.InvariantCulture, $"<tr><th>{Html.Text(test.Labels[row])}</th>");
        var counts = test.ConfusionCounts[row];
        var sum = Math.Max(1, counts.Sum());
        for (var column = 0; column < counts.Count; column++)
            html.Append(CultureInfo.InvariantCulture, $"<td{(row == column ? " class=\"right\"" : "")} style=\"background:rgba(var(--mark-rgb),{0.6 * counts[column] / sum:0.00})\">{counts[column]:0}</td>");
        html.Append("</tr>");
    }
}
