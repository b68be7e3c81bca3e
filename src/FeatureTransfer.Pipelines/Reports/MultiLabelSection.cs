using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>How well each of several labels is found.</summary>
internal static class MultiLabelSection
{
    public static string Render(MultiLabelDetail detail)
    {
        var html = new StringBuilder("<section><h2>Labels</h2>");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">A row is given each label whose probability is {Html.Number(detail.Threshold)} or more.</p><table class=\"numbers\"><tr><th>Label</th><th>Rows</th><th>Precision</th><th>Recall</th><th>Average precision</th><th>F1</th><th></th></tr>");
        foreach (var label in detail.Labels)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html.Text(label.Label)}</td><td>{label.Count}</td><td>{Html.Percent(label.Precision)}</td><td>{Html.Percent(label.Recall)}</td><td>{Html.Number(label.AveragePrecision)}</td><td>{Html.Number(label.F1)}</td><td class=\"left\"><span class=\"bar\" style=\"width:{120 * label.F1:0}px\"></span></td></tr>");
        return html.Append("</table></section>").ToString();
    }
}
