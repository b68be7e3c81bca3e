namespace Microsoft.ML.Data;

/// <summary>How well rows that are unlike the rest were found.</summary>
public sealed class AnomalyDetectionMetrics
{
    internal AnomalyDetectionMetrics(RankedScores scores, int falsePositiveCount)
    {
        scores.Sort();
        AreaUnderRocCurve = scores.AreaUnderRoc();
        DetectionRateAtFalsePositiveCount = scores.DetectionRateAt(falsePositiveCount);
    }

    /// <summary>The share of pairs of an anomaly and another row in which the anomaly has the higher score.</summary>
    public double AreaUnderRocCurve { get; }

    /// <summary>The share of the anomalies that are found before more than so many other rows are.</summary>
    public double DetectionRateAtFalsePositiveCount { get; }
}
