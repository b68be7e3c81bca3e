using System.Text;
using FeatureTransfer.Heads;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>How the chain does with few labels a class.</summary>
internal static class FewShotSection
{
    public static string Render(RunResult result)
    {
        if (result.FewShot is not [var first, ..])
            return "";
        var html = new StringBuilder("<section><h2>Few labels</h2>");
        LongTable.Append(html, "<th>Labels a class</th><th>Accuracy</th><th>&plusmn;</th><th></th>", [.. result.FewShot.Select(Row)]);
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">The mean of {first.Accuracies.Count} draws from the training rows, each judged on the {result.TestRows} held-out rows; &plusmn; holds 95 % of the mean over such draws, and says nothing of other rows.</p>");
        return html.Append("</section>").ToString();
    }

    private static string Row(FewShotResult draws) => string.Create(
        CultureInfo.InvariantCulture,
        $"<td>{draws.Shots}</td><td>{Html.Percent(draws.Mean)}</td><td>{Html.Percent(draws.HalfWidth)}</td><td class=\"left\"><span class=\"bar\" style=\"width:{120 * draws.Mean:0}px\"></span></td>");
}
