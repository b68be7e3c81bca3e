using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>How well each class is found.</summary>
internal static class ClassSection
{
    public static string Render(EvaluationResult test)
    {
        var html = new StringBuilder("<section><h2>Classes</h2><table class=\"numbers\"><tr><th>Label</th><th>Rows</th><th>Precision</th><th>Recall</th><th>F1</th><th></th></tr>");
        foreach (var label in test.PerClass)
        {
            var sum = label.Precision + label.Recall;
            var f1 = sum > 0 ? 2 * label.Precision * label.Recall / sum : 0;
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html.Text(label.Label)}</td><td>{label.Count}</td><td>{Html.Percent(label.Precision)}</td><td>{Html.Percent(label.Recall)}</td><td>{Html.Number(f1)}</td><td class=\"left\"><span class=\"bar\" style=\"width:{120 * f1:0}px\"></span></td></tr>");
        }

        return html.Append("</table></section>").ToString();
    }
}
