using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>What 1,000 rows cost: seconds, and money where the pipeline has a price.</summary>
internal static class CostSection
{
    public static string Render(RunResult result)
    {
        List<(string Name, double Seconds)> costs = [.. Costs(result)];
        if (costs.Count == 0)
            return "";
        var html = new StringBuilder("<section><h2>Cost of 1,000 rows</h2>");
        var price = result.PricePerHour;
        LongTable.Append(html, $"<th>Work</th><th>Seconds</th>{(price is null ? "" : "<th>Cost</th>")}", [.. costs.Select(cost => Row(cost.Name, cost.Seconds, price))]);
        html.Append("<p class=\"soft\">Measured in this run. Rows whose features were in the cache already took almost no time; a run with another <code>FT_HOME</code> shows what they cost anew.");
        if (price is { } known)
            html.Append(CultureInfo.InvariantCulture, $" An hour costs {Html.Short(known)}.");
        return html.Append("</p></section>").ToString();
    }

    /// <summary>The seconds that 1,000 rows take, by kind of work.</summary>
    public static IEnumerable<(string Name, double Seconds)> Costs(RunResult result)
    {
        if (result.Rows > 0 && result.StageSeconds.TryGetValue("features", out var features))
            yield return ("Preparing and extracting features", 1000 * features / result.Rows);
        if (result.TestRows > 0 && result.StageSeconds.TryGetValue("test", out var test))
            yield return ("Answering, from features on", 1000 * test / result.TestRows);
        if (result.Rows > 0 && result.Elapsed > TimeSpan.Zero)
            yield return ("The whole run", 1000 * result.Elapsed.TotalSeconds / result.Rows);
    }

    private static string Row(string name, double seconds, double? price) =>
        $"<td>{name}</td><td>{Html.Short(seconds)}</td>{(price is { } known ? $"<td>{Html.Short(seconds * known / 3600)}</td>" : "")}";
}
