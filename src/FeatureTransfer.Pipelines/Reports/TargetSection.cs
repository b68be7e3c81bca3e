using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>What adaptations came to on the target, and which is in the model file.</summary>
internal static class TargetSection
{
    public static string Render(DomainComparisonReport? report)
    {
        if (report is null)
            return "";
        var isPlain = report.Keep == DomainComparison.SourceOnly;
        var isLabelled = report.Candidates[0].Accuracy is not null;
        var html = new StringBuilder("<section><h2>Target</h2>");
        html.Append(CultureInfo.InvariantCulture, $"<p><b>{(isPlain ? "The plain model is kept." : $"The model file is adapted by {Html.Text(report.Keep)}; the other figures of this page are those of the plain model on the source.")}</b> {Html.Text(report.Why)}</p>");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{report.SourceRows} rows of the source, {report.TargetRows} of the target for their features, {report.TestRows} held-out ones, {report.Rejected.Count} of the target rejected.{(isLabelled ? " Intervals hold 95 %; p by McNemar's exact test, with Holm's correction for the number of adaptations." : "")}</p>");
        html.Append(TargetLimits.Render(report));
        var head = isLabelled
            ? "<th>Accuracy on the target</th><th>Gain</th><th>p</th>"
            : "<th>Weighted accuracy</th><th>Effective rows</th><th>Entropy</th><th>Density</th>";
        LongTable.Append(html, $"<th class=\"left\">Trained on</th>{head}<th>Domains apart</th>", [.. report.Candidates.Select(candidate => Row(candidate, candidate.Name == report.Keep))]);
        return html.Append("</section>").ToString();
    }

    private static string Row(DomainCandidate candidate, bool isKept)
    {
        var name = Html.Text(candidate.Name) + (candidate.IsNegativeTransfer ? " (negative transfer)" : "");
        return $"<td class=\"left text\">{(isKept ? $"<b>{name}, kept</b>" : name)}</td>{Measures(candidate)}<td>{(candidate.DomainDistance is { } distance ? Text($"{distance:0.00}") : "")}</td>";
    }

    private static string Measures(DomainCandidate candidate) => candidate.LabelFree is { } free
        ? Text($"<td>{free.WeightedAccuracy:0.000}</td><td>{free.EffectiveRows:0.0}</td><td>{free.Entropy:0.000}</td><td>{free.Density:0.000}</td>")
        : $"<td>{Share(candidate.Accuracy, candidate.Interval, "0.000")}</td><td>{Share(candidate.Gain, candidate.GainInterval, "+0.000;-0.000;0.000")}</td><td>{(candidate.PValue is { } value ? Text($"{value:0.0000}") : "")}</td>";

    private static string Share(double? value, Interval? interval, string format) =>
        value is { } known && interval is { } ends ? $"{known.ToString(format, CultureInfo.InvariantCulture)} ({Text($"{ends.Low:0.000} to {ends.High:0.000}")})" : value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
