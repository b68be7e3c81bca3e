using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>How well each class is found.</summary>
internal static class ClassSection
{
    public static string Render(EvaluationResult test)
    {
        var classes = test.PerClass;
        var html = new StringBuilder("<section><h2>Classes</h2>");
        if (classes.Count > LongTable.Most)
        {
            // Of many, those that need work come first.
            html.Append("<p class=\"soft\">The lowest F1 comes first.</p>");
            classes = [.. classes.OrderBy(label => label.F1)];
        }

        LongTable.Append(html, "<th>Label</th><th>Rows</th><th>Precision</th><th>Recall</th><th>F1</th><th></th>", [.. classes.Select(Row)]);
        return html.Append("</section>").ToString();
    }

    private static string Row(ClassResult label) => string.Create(
        CultureInfo.InvariantCulture,
        $"<td>{Html.Text(label.Label)}</td><td>{label.Count}</td><td>{Html.Percent(label.Precision)}</td><td>{Html.Percent(label.Recall)}</td><td>{Html.Number(label.F1)}</td><td class=\"left\"><span class=\"bar\" style=\"width:{120 * label.F1:0}px\"></span></td>");
}
