using System.Text;
using FeatureTransfer.Heads;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>Whether confidence says how often the answers are right.</summary>
internal static class CalibrationSection
{
    private const int Bins = 15, MostPoints = 10, RowsOfAPoint = 10;

    public static string Render(EvaluationResult test, CalibrationReport? calibration = null)
    {
        // With several labels a row confidence is a mean, and the scores of some trainers are no probabilities.
        if (test.Task is not (PipelineTask.Binary or PipelineTask.Multiclass) || test.Predictions.Count == 0 || test.Predictions.Any(row => row.Confidence is not (>= 0 and <= 1)))
            return "";
        var answers = test.Predictions.Select(row => (row.Confidence, row.Label == row.Predicted)).ToList();
        var bins = CalibrationBin.OfEqualWidth(answers, Bins);
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<section><h2>Calibration</h2><p>{Facts(bins, answers)}</p>{Scaling(calibration)}<div class=\"tiles\">");
        Diagram(CalibrationBin.OfEqualMass(answers, Math.Clamp(answers.Count / RowsOfAPoint, 1, MostPoints))).Append(html);
        new Histogram("Confidence of the answers", [.. answers.Select(answer => answer.Confidence)]) { Below = "confidence", Above = "rows" }.Append(html);
        return html.Append("</div></section>").ToString();
    }

    private static string Scaling(CalibrationReport? calibration) => calibration is { Before: { } before, After: { } after }
        ? string.Create(CultureInfo.InvariantCulture, $"<p>The probabilities are those of a temperature of {Html.Short(calibration.Temperature)}, found on the cross-validation: expected calibration error {Html.Number(after.ExpectedCalibrationError)}, without it {Html.Number(before.ExpectedCalibrationError)}; log-loss {Html.Number(after.LogLoss)}, without it {Html.Number(before.LogLoss)}.</p>")
        : "";

    private static string Facts(IReadOnlyList<CalibrationBin> bins, List<(double Confidence, bool IsRight)> answers)
    {
        var (confidence, accuracy) = (answers.Average(answer => answer.Confidence), answers.Average(answer => answer.IsRight ? 1.0 : 0));
        var lean = Math.Abs(confidence - accuracy) < 0.01 ? "about as sure as it may be" : confidence > accuracy ? "too sure of itself" : "surer than it says";
        return string.Create(CultureInfo.InvariantCulture, $"Expected calibration error {Html.Number(CalibrationBin.Error(bins))} over {Bins} bins; 0 is best, and with few rows chance alone makes some. The mean confidence is {Html.Percent(confidence)}, and {Html.Percent(accuracy)} of the answers are right: on the whole the model is {lean}.");
    }

    // Points of as many rows each: those of equal width may stand for a single row.
    private static LineChart Diagram(IReadOnlyList<CalibrationBin> bins) => new(
        "Reliability, in parts of as many rows each",
        [new ChartLine("answers", [.. bins.Select(bin => (bin.Confidence, (double?)bin.Accuracy))]), new ChartLine("as often right as it says", [(0, 0), (1, 1)]) { Reference = true }])
    {
        Shares = true,
        Below = "confidence",
        Above = "share of right answers",
        Marks = [.. bins.Select(bin => (bin.Confidence, bin.Accuracy, string.Create(CultureInfo.InvariantCulture, $"{bin.Rows} rows: mean confidence {Html.Percent(bin.Confidence)}, {Html.Percent(bin.Accuracy)} right")))],
    };
}
