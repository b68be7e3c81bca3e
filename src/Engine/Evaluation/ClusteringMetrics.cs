namespace Microsoft.ML.Data;

/// <summary>How well rows lie in their clusters.</summary>
public sealed class ClusteringMetrics
{
    internal ClusteringMetrics(double averageDistance, double daviesBouldinIndex, double normalizedMutualInformation)
    {
        AverageDistance = averageDistance;
        DaviesBouldinIndex = daviesBouldinIndex;
        NormalizedMutualInformation = normalizedMutualInformation;
    }

    /// <summary>What the clusters say of the labels, as a share of the labels' entropy; NaN without labels.</summary>
    public double NormalizedMutualInformation { get; }

    /// <summary>The mean score of the rows' clusters.</summary>
    public double AverageDistance { get; }

    /// <summary>
    /// How wide clusters are beside their distance to the one they are least apart from, on average (D. Davies and
    /// D. Bouldin, "A Cluster Separation Measure", 1979); 0 without features.
    /// </summary>
    public double DaviesBouldinIndex { get; }
}
