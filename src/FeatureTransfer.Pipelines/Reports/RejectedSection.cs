using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>The rows that could not be used.</summary>
internal static class RejectedSection
{
    private const int Most = 50;

    public static string Render(RunResult result)
    {
        if (result.Rejected.Count == 0)
            return "";
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<section><h2>Rejected rows</h2><p class=\"soft\">{result.Rejected.Count} rows could not be used; the first {Math.Min(Most, result.Rejected.Count)}:</p><table><tr><th>Input</th><th class=\"left\">Reason</th></tr>");
        foreach (var row in result.Rejected.Take(Most))
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html.Text(row.Input)}</td><td class=\"left\">{Html.Text(row.Reason)}</td></tr>");
        return html.Append("</table></section>").ToString();
    }
}
