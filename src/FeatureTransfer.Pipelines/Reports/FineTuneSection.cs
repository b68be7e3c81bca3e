using System.Text;
using FeatureTransfer.FineTuning;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>How fine-tuning went: what was kept and by how much, and the curves.</summary>
internal static class FineTuneSection
{
    public static string Render(FineTuneSummary? tuning)
    {
        if (tuning is null)
            return "";
        var html = new StringBuilder("<section><h2>Fine-tuning</h2>");
        html.Append(CultureInfo.InvariantCulture, $"<p>{Html.Text(tuning.Verdict)}</p><p class=\"soft\">{Html.Text(Facts(tuning))}</p><div class=\"tiles\">");
        Tile(html, "Frozen backbone, head trained", tuning.FrozenMetric, tuning.Metric, tuning is { KeptTuned: false });
        Tile(html, "Tuned", tuning.TunedMetric, tuning.Metric, tuning.KeptTuned);
        if (tuning.Gain is { } gain)
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"tile\"><span class=\"soft\">Tuned is</span><b>{Difference(gain)}</b><span class=\"soft\">{Html.Text(tuning.Metric)} on {tuning.ValidationRows} rows</span></div>");
        html.Append("</div><div class=\"tiles\">");
        foreach (var chart in Charts(tuning))
            chart.Append(html);
        return html.Append("</div></section>").ToString();
    }

    private static string Facts(FineTuneSummary tuning)
    {
        var facts = string.Create(CultureInfo.InvariantCulture, $"{tuning.TrainRows} rows taught, {tuning.ValidationRows} judged.");
        var epochs = tuning.History.Where(epoch => epoch.Phase != "head").ToList();
        if (epochs.Count == 0)
            return facts;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{facts} {tuning.TunedWeights:N0} weights of the backbone were trained, at learning rates of up to {tuning.LearningRate:0.##e+0}; an epoch took {epochs.Average(epoch => epoch.Seconds):0.0} s, {epochs.Average(epoch => epoch.RowsPerSecond):0} images/s.");
    }

    private static string Difference(double gain) => gain == 0 ? "as good" : string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(gain):0.###} {(gain < 0 ? "worse" : "better")}");

    private static void Tile(StringBuilder html, string title, double? metric, string name, bool kept)
    {
        if (metric is { } value)
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"tile\"><span class=\"soft\">{Html.Text(title)}</span><b>{value:0.###}</b><span class=\"soft\">{Html.Text(name)}{(kept ? ", kept" : "")}</span></div>");
    }

    private static IEnumerable<LineChart> Charts(FineTuneSummary tuning)
    {
        var history = tuning.History;
        ChartStretch[] phases = [.. history.Select((epoch, i) => (epoch.Phase, i)).DistinctBy(epoch => epoch.Phase).Select(epoch => new ChartStretch(epoch.i == 0 ? double.MinValue : epoch.i + 0.5, epoch.Phase))];
        yield return Of("Loss", new("validation", Points(epoch => epoch.ValidationLoss)), new("training", Points(epoch => epoch.TrainLoss)));
        yield return Of($"{tuning.Metric} on the validation rows", new ChartLine(tuning.Metric, Points(epoch => epoch.Metric))) with { Marks = [.. Best(tuning)] };
        yield return Of("Learning rate", new ChartLine("learning rate", Points(epoch => epoch.LearningRate))) with { LogarithmicUp = true };
        if (tuning.LearningRateCurve.Count > 0)
            yield return new LineChart("Learning-rate finder: loss", [new("loss", [.. tuning.LearningRateCurve.Select(point => (point.LearningRate, (double?)point.Loss))])]) { LogarithmicAcross = true, Below = "learning rate" };

        (double, double?)[] Points(Func<TrainingEpoch, double?> value) => [.. history.Select((epoch, i) => (i + 1.0, value(epoch)))];

        LineChart Of(string title, params ChartLine[] lines) => new(title, lines) { Stretches = phases, Below = "epoch" };
    }

    // The best epoch of each phase, which is where its weights come from unless the options say otherwise.
    private static IEnumerable<(double X, double Y, string Text)> Best(FineTuneSummary tuning) => tuning.History
        .Select((epoch, i) => (Epoch: epoch, Place: i + 1.0))
        .Where(point => point.Epoch.Metric is { } metric && double.IsFinite(metric))
        .GroupBy(point => point.Epoch.Phase)
        .Select(phase => tuning.HigherIsBetter ? phase.MaxBy(point => point.Epoch.Metric) : phase.MinBy(point => point.Epoch.Metric))
        .Select(point => (point.Place, point.Epoch.Metric!.Value, string.Create(CultureInfo.InvariantCulture, $"best of {point.Epoch.Phase}: {point.Epoch.Metric:0.####} in epoch {point.Epoch.Epoch}")));
}
