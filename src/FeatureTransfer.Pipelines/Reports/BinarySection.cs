using System.Text;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>How a threshold trades one kind of mistake for the other, and the threshold that was chosen.</summary>
internal static class BinarySection
{
    public static string Render(BinaryDetail detail)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<section><h2>Threshold</h2><p>{Html.Text(Facts(detail))}</p><div class=\"tiles\">");
        Roc(detail)?.Append(html);
        PrecisionRecall(detail)?.Append(html);
        return html.Append("</div></section>").ToString();
    }

    private static string Facts(BinaryDetail detail)
    {
        var (positive, negative) = ($"“{detail.PositiveLabel}”", $"“{detail.NegativeLabel}”");
        var facts = $"Rows with a score of {Html.Short(detail.Threshold)} or more are called {positive}, the others {negative}.";
        if (Chosen(detail.Roc, detail.Threshold) is not { } roc || Chosen(detail.PrecisionRecall, detail.Threshold) is not { } precision)
            return $"{facts} The held-out rows all have one label, so there are no curves.";
        return $"{facts} That finds {Html.Percent(roc.Y)} of the {positive} rows, and calls {Html.Percent(roc.X)} of the {negative} rows so by mistake; {Html.Percent(precision.Y)} of the rows called {positive} are right.";
    }

    private static LineChart? Roc(BinaryDetail detail) => Chosen(detail.Roc, detail.Threshold) is not { } chosen ? null
        : new LineChart("Receiver operating characteristic", [Line("scores", detail.Roc), new ChartLine("chance", [(0, 0), (1, 1)]) { Reference = true }])
        {
            Shares = true,
            Below = "false positive rate",
            Above = "true positive rate",
            Marks = [Mark(chosen, detail, "true", "false positive rate")],
        };

    // With all rows called positive the precision is their share: what scores at random would give at any recall.
    private static LineChart? PrecisionRecall(BinaryDetail detail) => Chosen(detail.PrecisionRecall, detail.Threshold) is not { } chosen ? null
        : new LineChart("Precision and recall", [Line("scores", detail.PrecisionRecall), new ChartLine($"chance: {Html.Percent(detail.PrecisionRecall[^1].Y)} are positive", [(0, detail.PrecisionRecall[^1].Y), (1, detail.PrecisionRecall[^1].Y)]) { Reference = true }])
        {
            Shares = true,
            Below = "recall",
            Above = "precision",
            Marks = [Mark(chosen, detail, "precision", "recall")],
        };

    private static ChartLine Line(string name, IReadOnlyList<CurvePoint> curve) => new(name, [.. curve.Select(point => (point.X, (double?)point.Y))]);

    private static (double, double, string) Mark(CurvePoint point, BinaryDetail detail, string up, string across) =>
        (point.X, point.Y, $"threshold {Html.Short(detail.Threshold)}: {up} {Html.Number(point.Y)}, {across} {Html.Number(point.X)}");

    private static CurvePoint? Chosen(IReadOnlyList<CurvePoint> curve, double threshold) =>
        curve.Count == 0 ? null : curve[CurveThinning.OperatingPoint(curve, threshold)];
}
