using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>How well groups of rows are judged, and how far they differ.</summary>
internal static class SliceSection
{
    public static string Render(EvaluationResult test) => string.Concat(test.Slices.Select(Render));

    private static string Render(SliceReport slices)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<section><h2>Groups by {Html.Text(slices.Column)}</h2>");
        LongTable.Append(html, "<th>Group</th><th>Rows</th><th>Accuracy</th><th>95 % interval</th><th></th>", [.. slices.Groups.Select(Row)]);
        var gaps = Gaps(slices).ToList();
        if (gaps.Count > 0)
            LongTable.Append(html, "<th>Difference in</th><th>Label</th><th>Highest</th><th>Lowest</th><th>Difference</th><th>95 % interval</th>", gaps);
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">Groups of fewer than {SliceReport.LeastRows} rows are not compared. The groups that differ most were looked for, so with many groups some difference is chance.</p>");
        return html.Append("</section>").ToString();
    }

    private static string Row(SliceGroup group) => string.Create(
        CultureInfo.InvariantCulture,
        $"<td>{Html.Text(group.Name.Length > 0 ? group.Name : "(empty)")}</td><td>{group.Rows}</td><td>{Html.Percent(group.Accuracy)}</td><td>{Range(group.Interval)}</td><td class=\"left\"><span class=\"bar\" style=\"width:{120 * group.Accuracy:0}px\"></span></td>");

    private static IEnumerable<string> Gaps(SliceReport slices)
    {
        (string Name, RateGap? Gap)[] all = [("accuracy", slices.Accuracy), ("true positive rate", slices.TruePositiveRate), ("false positive rate", slices.FalsePositiveRate), ("rate of the label", slices.SelectionRate)];
        return all.Where(gap => gap.Gap is not null).Select(gap => Row(gap.Name, gap.Gap!));
    }

    private static string Row(string name, RateGap gap) =>
        $"<td>{name}</td><td>{Html.Text(gap.Label ?? "")}</td><td>{Html.Text(gap.High)}</td><td>{Html.Text(gap.Low)}</td><td>{Html.Percent(gap.Difference)}</td><td>{Range(gap.Interval)}</td>";

    private static string Range(Interval interval) => $"{Html.Percent(interval.Low)} to {Html.Percent(interval.High)}";
}
