using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>The confusion matrix as a heat map of shares.</summary>
internal static class ConfusionSection
{
    public static string Render(EvaluationResult test)
    {
        var html = new StringBuilder("<section><h2>Confusion matrix</h2><p class=\"soft\">Rows are true labels, columns predictions; the shade is the share of the row.</p><table class=\"matrix\"><tr><th></th>");
        foreach (var label in test.Labels)
            html.Append(CultureInfo.InvariantCulture, $"<th>{Html.Text(label)}</th>");
        html.Append("</tr>");
        for (var row = 0; row < test.Labels.Count; row++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th>{Html.Text(test.Labels[row])}</th>");
            var sum = Math.Max(1, test.ConfusionCounts[row].Sum());
            foreach (var count in test.ConfusionCounts[row])
                html.Append(CultureInfo.InvariantCulture, $"<td style=\"background:rgba(var(--mark-rgb),{0.85 * count / sum:0.00})\">{count:0}</td>");
            html.Append("</tr>");
        }

        return html.Append("</table></section>").ToString();
    }
}
