using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>What features tell of a column, and what mitigates that.</summary>
internal static class ProbeSection
{
    public static string Render(RunResult result) => string.Concat(result.Probes.Select(Render));

    private static string Render(ProbeReport probe)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<section><h2>What the features tell of {Html.Text(probe.Column)}</h2>");
        LongTable.Append(html, $"<th class=\"left\">Features</th><th>Told by a linear probe</th><th>95 % interval</th><th>Accuracy</th><th>Lowest group</th><th>Difference of groups</th>", [.. probe.Candidates.Select(Row)]);
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{probe.Values} values, of which the most frequent makes {Html.Percent(probe.Chance)} of the {probe.Rows} training rows that were probed: so much is told by chance. A probe never learned from the rows that it tells. Accuracy and groups are those of the held-out rows; groups of fewer than {SliceReport.LeastRows} rows are not compared. A network may tell what a linear probe does not.</p>");
        return html.Append("</section>").ToString();
    }

    private static string Row(ProbedChain chain) =>
        $"<td class=\"left text\">{Html.Text(chain.Name)}</td><td>{Html.Percent(chain.Told)}</td><td>{Html.Percent(chain.ToldInterval.Low)} to {Html.Percent(chain.ToldInterval.High)}</td><td>{(chain.Accuracy is { } accuracy ? Html.Percent(accuracy) : "")}</td><td>{(chain.Lowest is { } lowest ? $"{Html.Text(lowest.Name)}: {Html.Percent(lowest.Accuracy)}" : "")}</td><td>{(chain.Slices?.Accuracy is { } gap ? Html.Percent(gap.Difference) : "")}</td>";
}
