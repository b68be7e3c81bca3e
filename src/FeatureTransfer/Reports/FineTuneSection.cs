using System.Globalization;
using System.Text;
using FeatureTransfer.Results;

namespace FeatureTransfer.Reports;

/// <summary>How fine-tuning went: what was kept, and the curves.</summary>
internal static class FineTuneSection
{
    private const double Width = 280;
    private const double Height = 120;

    public static string Render(FineTuneSummary? tuning)
    {
        if (tuning is null)
            return "";
        var html = new StringBuilder("<section><h2>Fine-tuning</h2>");
        html.Append(CultureInfo.InvariantCulture, $"<p>{Html.Text(tuning.Verdict)}</p><p class=\"soft\">{tuning.TrainRows} rows taught, {tuning.ValidationRows} judged; {tuning.TunedWeights:N0} weights of the backbone were trained, learning rate {tuning.LearningRate:0.##e+0}.</p><div class=\"tiles\">");
        Chart(html, "Loss", tuning.History, [("training", epoch => epoch.TrainLoss), ("validation", epoch => epoch.ValidationLoss)]);
        Chart(html, $"{tuning.Metric} on the validation rows", tuning.History, [(tuning.Metric, epoch => epoch.Metric)]);
        Chart(html, "Learning rate", tuning.History, [("learning rate", epoch => epoch.LearningRate)]);
        return html.Append("</div></section>").ToString();
    }

    // A dotted line stands where the head's phase ends.
    private static void Chart(StringBuilder html, string title, IReadOnlyList<TrainingEpoch> history, (string Name, Func<TrainingEpoch, double?> Value)[] lines)
    {
        var values = lines.SelectMany(line => history.Select(line.Value)).OfType<double>().Where(double.IsFinite).ToList();
        if (values.Count == 0)
            return;
        var (least, most) = (values.Min(), values.Max());
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"tile\"><span class=\"soft\">{Html.Text(title)}</span><svg viewBox=\"-4 -4 {Width + 8} {Height + 8}\" width=\"100%\" role=\"img\" aria-label=\"{Html.Text(title)}\">");
        var head = history.Count(epoch => epoch.Phase == history[0].Phase);
        if (head < history.Count)
            html.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(head - 0.5, history.Count):0.#}\" x2=\"{X(head - 0.5, history.Count):0.#}\" y1=\"0\" y2=\"{Height}\" stroke=\"var(--line)\" stroke-dasharray=\"3 3\"/>");
        foreach (var (line, place) in lines.Select((line, place) => (line, place)))
        {
            var points = history.Select((epoch, i) => (Value: line.Value(epoch), I: i)).Where(point => point.Value is { } value && double.IsFinite(value))
                .Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.I, history.Count):0.#},{Height - (Height * (point.Value!.Value - least) / Math.Max(1e-12, most - least)):0.#}"));
            html.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{string.Join(' ', points)}\" fill=\"none\" stroke=\"{(place == 0 ? "var(--mark)" : "var(--soft)")}\" stroke-width=\"2\"><title>{Html.Text(line.Name)}</title></polyline>");
        }

        html.Append(CultureInfo.InvariantCulture, $"</svg><span class=\"soft\">{string.Join(", ", lines.Select((line, place) => $"{(place == 0 ? "blue" : "grey")}: {Html.Text(line.Name)}"))}; {least:0.####} to {most:0.####}</span></div>");
    }

    private static double X(double epoch, int epochs) => Width * epoch / Math.Max(1, epochs - 1);
}
