using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>What a search tried, the best first.</summary>
internal static class SearchSection
{
    public static string Render(SearchResult? search)
    {
        if (search is null)
            return "";
        List<string> paths = [.. search.Trials.SelectMany(trial => trial.Options.Keys).Distinct(StringComparer.Ordinal)];
        var metric = search.Trials[0].CrossValidation?.Mean.Headline?.Name;
        var head = $"<th>Rank</th>{string.Concat(OptionText.Names(paths).Select(name => $"<th class=\"left\">{Html.Text(name)}</th>"))}<th>{Html.Text(metric is null ? "Score" : MetricTitles.Title(metric))}</th><th>95 % interval</th><th>Rows</th><th>Seconds</th>";
        var html = new StringBuilder("<section class=\"trials\"><h2>Search</h2>");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{Summary(search)}</p>");
        LongTable.Append(html, head, [.. search.Trials.Select((trial, rank) => Row(trial, rank + 1, paths))]);
        return html.Append("</section>").ToString();
    }

    private static string Summary(SearchResult search)
    {
        var how = search.Strategy == SearchStrategy.Halving ? "Candidates were judged on few rows first, and the better of them on more: only those with the same rows compare" : "Every candidate was judged on all training rows";
        var time = search.OutOfTime ? " The minutes were over before all were judged." : "";
        return string.Create(CultureInfo.InvariantCulture, $"{search.Trials.Count} candidates in {search.Seconds:0.0} s, cross-validated on the {search.Rows} training rows, the winner first. {how}.{time} The score of the winner is the best of many, and so a little too good; the held-out rows, which had no part in the search, judge it.");
    }

    private static string Row(SearchTrial trial, int rank, List<string> paths)
    {
        var options = string.Concat(paths.Select(path => $"<td class=\"left text\">{(trial.Options.TryGetValue(path, out var value) ? Html.Text(OptionText.Of(value)) : "")}</td>"));
        return string.Create(CultureInfo.InvariantCulture, $"<td>{rank}</td>{options}{Score(trial)}<td>{trial.Rows}</td><td>{trial.Seconds:0.0}</td>");
    }

    private static string Score(SearchTrial trial)
    {
        if (trial.CrossValidation is not { Mean.Headline: { } metric } judged)
            return $"<td class=\"left text\" colspan=\"2\">{Html.Text(trial.Error ?? "not judged")}</td>";
        var interval = judged.Interval is { } known ? $"{MetricTitles.Value(metric with { Value = known.Low })} to {MetricTitles.Value(metric with { Value = known.High })}" : "";
        return $"<td>{MetricTitles.Value(metric)}</td><td>{interval}</td>";
    }
}
