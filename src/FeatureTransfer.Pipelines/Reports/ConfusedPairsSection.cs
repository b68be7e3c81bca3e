using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>The labels that are most often taken for others.</summary>
internal static class ConfusedPairsSection
{
    private const int Most = 10;

    public static string Render(EvaluationResult test)
    {
        var pairs = test.MostConfused(Most);
        if (pairs.Count == 0)
            return "";
        var html = new StringBuilder("<section><h2>Most confused labels</h2>");
        LongTable.Append(
            html,
            "<th>True label</th><th class=\"left\">Predicted</th><th>Rows</th><th>Of the true label</th>",
            [.. pairs.Select(pair => string.Create(CultureInfo.InvariantCulture, $"<td>{Html.Text(pair.Label)}</td><td class=\"left text\">{Html.Text(pair.Predicted)}</td><td>{pair.Count}</td><td>{Html.Percent(pair.Share)}</td>"))]);
        return html.Append("</section>").ToString();
    }
}
