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

        shell.WriteTable(["trained on", "accuracy on the target", "gain", "p", "domains apart"], [.. report.Candidates.Select(Row)]);
        shell.Out.WriteLine();
        shell.Out.WriteLine($"Keep: {report.Keep}. {report.Why}");
        shell.Out.WriteLine(Text($"{report.SourceRows} rows of the source, {report.TargetRows} of the target for their features, {report.TestRows} held-out ones. Intervals hold 95 %; p by McNemar's test, with Holm's correction for adaptations."));
        foreach (var row in report.Rejected.Take(20))
            shell.Error.WriteLine($"{row.Input}: {row.Reason}");
    }

    private static IReadOnlyList<string> Row(DomainCandidate candidate) =>
    [
        candidate.Name,
        candidate.Accuracy is { } accuracy ? Text($"{accuracy:0.000} {Range(candidate.Interval)}") : "",
        candidate.Gain is { } gain ? Text($"{gain:+0.000;-0.000;0.000} {Range(candidate.GainInterval)}") : "",
        candidate.PValue is { } value ? Text($"{value:0.0000}") : "",
        candidate.DomainDistance is { } distance ? Text($"{distance:0.00}") : "",
    ];

    private static string Range(Interval? interval) => interval is { } known ? Text($"[{known.Low:0.000}, {known.High:0.000}]") : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
