using FeatureTransfer.Cascades;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>What a gate's report says, in the form that JSON has: times in milliseconds, and null for what is not a number.</summary>
internal sealed record GateFacts(
    int ValidationRows, double CheapShare, double AskedShare, double CheapAccuracy, double CostlyAccuracy, double? Accuracy, double CheapThreshold, double CostlyThreshold, double? CheapMilliseconds, double? CostlyMilliseconds, double? TimeShare)
{
    /// <summary>Reads a report.</summary>
    public static GateFacts Of(GateReport report) => new(
        report.ValidationRows,
        report.CheapShare,
        report.AskedShare,
        report.CheapAccuracy,
        report.CostlyAccuracy,
        double.IsNaN(report.Accuracy) ? null : report.Accuracy,
        report.CheapThreshold,
        report.CostlyThreshold,
        report.CheapTimePerRow?.TotalMilliseconds,
        report.CostlyTimePerRow?.TotalMilliseconds,
        report.TimeShare);
}
