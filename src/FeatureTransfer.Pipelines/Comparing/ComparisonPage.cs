using System.Text;
using FeatureTransfer.Pipelines.Reports;

namespace FeatureTransfer.Pipelines.Comparing;

/// <summary>The page of a comparison.</summary>
internal static class ComparisonPage
{
    public static string Render(RunComparison comparison) => ReportPage.Of(
        $"Comparison of {string.Join(", ", comparison.Runs.Select(run => run.Name))}",
        "<h1>Comparison</h1>" + Runs(comparison) + Metrics(comparison) + Pairs(comparison) + Classes(comparison) + DisagreementSection.Render(comparison) + Pipelines(comparison));

    /// <summary>The names of runs as cells of a head.</summary>
    public static string Names(IEnumerable<ComparedRun> runs) => string.Concat(runs.Select(run => $"<th>{Html.Text(run.Name)}</th>"));

    private static string Runs(RunComparison comparison) => Section("Runs", "<th>Run</th><th>Rows</th><th>Held out</th><th>Seconds</th><th>Seconds for 1,000 rows</th><th class=\"left\">Metrics</th>", [.. comparison.Runs.Select(run => string.Create(
        CultureInfo.InvariantCulture,
        $"<td>{Html.Text(run.Name)}</td><td>{run.Rows}</td><td>{run.Judged.Count}</td><td>{Html.Short(run.Seconds)}</td><td>{(run.Rows > 0 ? Html.Short(1000 * run.Seconds / run.Rows) : "")}</td><td class=\"left text\">{Html.Text(run.Path)}</td>"))]);

    private static string Metrics(RunComparison comparison)
    {
        var runs = comparison.Runs;
        var rows = Rows(runs, run => run.Test, (run, metric) => run.Interval(metric), "")
            .Concat(Rows(runs, run => run.Folds is [var first, ..] ? [first] : [], (run, _) => run.FoldsInterval, "Cross-validation: "));
        return Section("Metrics", $"<th>Metric</th>{Names(runs)}", [.. rows], "Each run on its own held-out rows; the best is bold. In brackets: 95 % confidence intervals.");
    }

    private static IEnumerable<string> Rows(IReadOnlyList<ComparedRun> runs, Func<ComparedRun, MetricSet> metrics, Func<ComparedRun, MetricValue, Interval?> interval, string before)
    {
        foreach (var name in runs.SelectMany(run => metrics(run)).Select(metric => metric.Name).Distinct(StringComparer.Ordinal))
        {
            var values = runs.Select(run => metrics(run).FirstOrDefault(metric => metric.Name == name)).ToList();
            var known = values.OfType<MetricValue>().ToList();
            var best = known[0].HigherIsBetter ? known.Max(metric => metric.Value) : known.Min(metric => metric.Value);
            yield return $"<td>{before}{Html.Text(MetricTitles.Title(name))}</td>{string.Concat(values.Zip(runs, (metric, run) => metric is null ? "<td></td>" : Cell(metric, interval(run, metric), metric.Value == best && known.Count > 1)))}";
        }
    }

    private static string Cell(MetricValue metric, Interval? interval, bool best)
    {
        var value = best ? $"<b>{MetricTitles.Value(metric)}</b>" : MetricTitles.Value(metric);
        return $"<td>{value}{(interval is { } known ? $" [{MetricTitles.Value(metric with { Value = known.Low })}, {MetricTitles.Value(metric with { Value = known.High })}]" : "")}</td>";
    }

    private static string Pairs(RunComparison comparison)
    {
        var numbers = comparison.Runs[0].Task == PipelineTask.Regression;
        var first = Html.Text(comparison.Runs[0].Name);
        var (what, test) = numbers ? ("nearer to the truth", "sign test") : ("right", "McNemar's exact test");
        return Section(
            $"Against {first}",
            $"<th>Run</th><th>Rows judged by both</th><th>It alone is {what}</th><th>{first} alone is {what}</th><th>Gain</th><th>95 % interval</th><th>p</th>",
            [.. comparison.Pairs.Select(Row)],
            $"On the rows that both held out, by {test}{(comparison.Pairs.Count > 1 ? " with Holm's correction" : "")}. The gain is the difference of the two counts as a share of the rows; a p below 0.05 is seldom chance.");
    }

    private static string Row(RunPair pair) => string.Create(
        CultureInfo.InvariantCulture,
        $"<td>{Html.Text(pair.Second.Name)}</td><td>{pair.Counts.Rows} of {pair.Second.Judged.Count}</td><td>{pair.Counts.Better}</td><td>{pair.Counts.Worse}</td><td>{Html.Percent(pair.Counts.Gain)}</td><td>{Html.Percent(pair.Counts.Interval.Low)} to {Html.Percent(pair.Counts.Interval.High)}</td><td>{pair.PValue:0.0000}</td>");

    private static string Classes(RunComparison comparison)
    {
        var runs = comparison.Runs;
        var classes = runs.SelectMany(run => run.PerClass).Select(label => label.Label).Distinct(StringComparer.Ordinal)
            .Select(label => (Label: label, F1: runs.Select(run => run.PerClass.FirstOrDefault(other => other.Label == label)?.F1).ToList()))
            .OrderByDescending(row => row.F1.Max() - row.F1.Min()).ToList();
        return classes.Count == 0 ? "" : Section("Classes", $"<th>F1 of</th>{Names(runs)}<th>Difference</th>", [.. classes.Select(row => $"<td>{Html.Text(row.Label)}</td>{string.Concat(row.F1.Select(value => $"<td>{(value is { } known ? Html.Number(known) : "")}</td>"))}<td>{Html.Number((row.F1.Max() - row.F1.Min()) ?? 0)}</td>")], "The largest difference comes first.");
    }

    private static string Pipelines(RunComparison comparison)
    {
        if (comparison.Runs.Any(run => run.Pipeline is null))
            return "<section><h2>Pipelines</h2><p class=\"soft\">Not all runs have written their pipeline into their metrics: run them again to see where the pipelines differ.</p></section>";
        var differences = PipelineDifferences.Of([.. comparison.Runs.Select(run => run.Pipeline)]);
        return differences.Count == 0
            ? "<section><h2>Pipelines</h2><p class=\"soft\">All are the same.</p></section>"
            : Section("Pipelines", $"<th>Differs</th>{Names(comparison.Runs)}", [.. differences.Select(difference => $"<td>{Html.Text(difference.Path)}</td>{string.Concat(difference.Values.Select(value => $"<td class=\"text\">{Html.Text(value ?? "\u2013")}</td>"))}")]);
    }

    private static string Section(string title, string head, IReadOnlyList<string> rows, string note = "")
    {
        var html = new StringBuilder($"<section><h2>{title}</h2>");
        LongTable.Append(html, head, rows);
        return html.Append(note.Length > 0 ? $"<p class=\"soft\">{note}</p>" : "").Append("</section>").ToString();
    }
}
