using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Writes how sets of labels and the unknown did on judged rows, a line each.</summary>
internal static class LimitsText
{
    public static IEnumerable<(string Name, string Text)> Lines(LimitsReport? limits)
    {
        if (limits?.Sets is { } sets)
            yield return ("sets", Text($"{MetricText.Value(sets.Covered)}{MetricText.Brackets(sets.Interval)} hold the label, {sets.Limit.Coverage:0.###} were asked for; {sets.MeanSize:0.00} labels each, {100 * sets.Single:0} % have one and {100 * sets.Empty:0} % none"));
        if (limits?.Unknown is { } unknown)
            yield return ("unknown", Text($"{MetricText.Value(unknown.Share)}{MetricText.Brackets(unknown.Interval)} of the rows, {unknown.Limit.FalseAlarm:0.###} of known labels may be{(unknown.KnownAccuracy is { } accuracy ? Text($"; accuracy of the others {MetricText.Value(accuracy)}") : "")}"));
    }

    /// <summary>What a temperature does.</summary>
    public static string Of(CalibrationReport calibration) => Text($"temperature {calibration.Temperature:0.00}")
        + (calibration is { Before: { } before, After: { } after } ? Text($"; expected calibration error {after.ExpectedCalibrationError:0.000}, without it {before.ExpectedCalibrationError:0.000}; log-loss {after.LogLoss:0.000}, without it {before.LogLoss:0.000}") : "");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
