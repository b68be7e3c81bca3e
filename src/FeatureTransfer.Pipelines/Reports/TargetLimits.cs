namespace FeatureTransfer.Pipelines.Reports;

/// <summary>How the temperature and the limits of the model that is kept do on the target.</summary>
internal static class TargetLimits
{
    public static string Render(DomainComparisonReport report)
    {
        string[] sentences = [.. Calibration(report.Calibration), .. Limits(report.Limits)];
        return sentences.Length == 0 ? "" : $"<p>On the target's held-out rows: {string.Join(' ', sentences)} {Rows(report.LimitRows ?? 0)}</p>";
    }

    private static string Rows(int rows) => rows > 0
        ? Text($"That was found on {rows} labelled rows of the target that do not judge, by models that had not seen them.")
        : "That was found on rows of the source, and may not hold here.";

    private static IEnumerable<string> Calibration(CalibrationReport? calibration)
    {
        if (calibration is { Before: { } before, After: { } after })
            yield return Text($"at a temperature of {Html.Short(calibration.Temperature)} the expected calibration error is {Html.Number(after.ExpectedCalibrationError)}, without it {Html.Number(before.ExpectedCalibrationError)}; the log-loss {Html.Number(after.LogLoss)}, without it {Html.Number(before.LogLoss)}.");
    }

    private static IEnumerable<string> Limits(LimitsReport? limits)
    {
        if (limits?.Sets is { } sets)
            yield return Text($"{Html.Percent(sets.Covered)} ({Html.Percent(sets.Interval.Low)} to {Html.Percent(sets.Interval.High)}) of the sets hold the label, {Html.Percent(sets.Limit.Coverage)} were asked for.");
        if (limits?.Unknown is { } unknown)
            yield return Text($"{Html.Percent(unknown.Share)} ({Html.Percent(unknown.Interval.Low)} to {Html.Percent(unknown.Interval.High)}) of the rows are called unknown, {Html.Percent(unknown.Limit.FalseAlarm)} of known labels may be.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
