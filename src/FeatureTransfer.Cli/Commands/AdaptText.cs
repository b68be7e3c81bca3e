using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Says what <c>ft adapt</c> found.</summary>
internal static class AdaptText
{
    public static void Write(Shell shell, DomainComparisonReport report)
    {
        if (shell.Json)
        {
            shell.WriteJson(report);
            return;
        }

        shell.WriteTable(Header(report), [.. report.Candidates.Select(Row)]);
        shell.Out.WriteLine();
        shell.Out.WriteLine($"Keep: {report.Keep}. {report.Why}");
        shell.Out.WriteLine(Rows(report));
        foreach (var row in report.Rejected.Take(20))
            shell.Error.WriteLine($"{row.Input}: {row.Reason}");
    }

    /// <summary>The same as a part of what a run says.</summary>
    public static void Write(TextWriter output, DomainComparisonReport report)
    {
        output.WriteLine($"  target            {(report.Keep == DomainComparison.SourceOnly ? "the plain model is kept" : $"the model file is adapted by {report.Keep}")}. {report.Why}");
        using var table = new StringWriter();
        PlainTable.Write(table, Header(report), [.. report.Candidates.Select(Row)]);
        foreach (var line in table.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
            output.WriteLine($"    {line.TrimEnd('\r')}");
        output.WriteLine($"                    {Rows(report)}");
        foreach (var line in Limits(report))
            output.WriteLine($"                    {line}");
        if (report.Rejected.Count > 0)
            output.WriteLine(Text($"                    rejected: {report.Rejected.Count} rows of the target, the first: {report.Rejected[0].Input}: {report.Rejected[0].Reason}"));
    }

    // How the temperature and the limits of the model that is kept do on the target.
    private static IEnumerable<string> Limits(DomainComparisonReport report)
    {
        if (report.Calibration is { } calibration)
            yield return $"calibration on the target: {LimitsText.Of(calibration)}";
        foreach (var (name, text) in LimitsText.Lines(report.Limits))
            yield return $"{name} on the target: {text}";
        if (report.LimitRows > 0)
            yield return Text($"found on {report.LimitRows} labelled rows of the target that do not judge, by models that had not seen them.");
    }

    private static bool IsLabelled(DomainComparisonReport report) => report.Candidates[0].Accuracy is not null;

    private static string Rows(DomainComparisonReport report) => Text($"{report.SourceRows} rows of the source, {report.TargetRows} of the target for their features, {report.TestRows} held-out ones.")
        + (IsLabelled(report) ? " Intervals hold 95 %; p by McNemar's test, with Holm's correction for adaptations." : "");

    private static IReadOnlyList<string> Header(DomainComparisonReport report) => IsLabelled(report)
        ? ["trained on", "accuracy on the target", "gain", "p", "domains apart"]
        : ["trained on", "weighted accuracy", "effective rows", "entropy", "density", "domains apart"];

    private static IReadOnlyList<string> Row(DomainCandidate candidate) =>
    [
        candidate.Name,
        .. candidate.LabelFree is { } free
            ? new[] { Text($"{free.WeightedAccuracy:0.000}"), Text($"{free.EffectiveRows:0.0}"), Text($"{free.Entropy:0.000}"), Text($"{free.Density:0.000}") }
            : [Share(candidate), candidate.Gain is { } gain ? Text($"{gain:+0.000;-0.000;0.000} {Range(candidate.GainInterval)}") : "", candidate.PValue is { } value ? Text($"{value:0.0000}") : ""],
        candidate.DomainDistance is { } distance ? Text($"{distance:0.00}") : "",
    ];

    private static string Share(DomainCandidate candidate) => candidate.Accuracy is { } accuracy ? Text($"{accuracy:0.000} {Range(candidate.Interval)}") : "";

    private static string Range(Interval? interval) => interval is { } known ? Text($"[{known.Low:0.000}, {known.High:0.000}]") : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
