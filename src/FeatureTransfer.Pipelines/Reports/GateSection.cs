using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>What a gate at the end of the chain does: whom it asks, how sure that one has to be, and the time saved.</summary>
internal static class GateSection
{
    private static readonly string[] _metrics = ["cheapShare", "askedShare", "answeredAccuracy"];

    public static string Render(RunResult result)
    {
        if (result.Gate is not { } gate)
            return "";
        var html = new StringBuilder("<section><h2>Gate</h2><div class=\"tiles\">");
        foreach (var metric in result.Test?.Metrics.Where(metric => _metrics.Contains(metric.Name)) ?? [])
            Tile(html, MetricTitles.Title(metric.Name), MetricTitles.Value(metric), $"{result.TestRows} held-out rows");
        if (gate.TimeShare is { } time)
            Tile(html, "Time", Html.Percent(time), string.Create(CultureInfo.InvariantCulture, $"of the costly chain's: {gate.CheapTimePerRow!.Value.TotalMilliseconds:0.#} ms a row, and {gate.CostlyTimePerRow!.Value.TotalMilliseconds:0.#} ms where that is not sure"));
        html.Append(CultureInfo.InvariantCulture, $"</div><p class=\"soft\">The thresholds were chosen on {gate.ValidationRows} training rows: the cheap chain answers from a confidence of {Html.Number(gate.CheapThreshold)} on{(gate.CostlyThreshold > 0 ? $", the costly one from {Html.Number(gate.CostlyThreshold)} on, and a person is asked about the rest" : "")}. On these rows the cheap chain alone was right about {Html.Percent(gate.CheapAccuracy)}, the costly one about {Html.Percent(gate.CostlyAccuracy)}, and the gate, on those that it answered, about {Html.Percent(gate.Accuracy)}.</p>");
        return html.Append("</section>").ToString();
    }

    private static void Tile(StringBuilder html, string title, string value, string detail) =>
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"tile\"><span class=\"soft\">{Html.Text(title)}</span><b>{Html.Text(value)}</b><span class=\"soft\">{Html.Text(detail)}</span></div>");
}
