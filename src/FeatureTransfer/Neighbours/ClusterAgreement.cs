namespace FeatureTransfer.Neighbours;

/// <summary>How far clusters are the classes that some know of.</summary>
/// <param name="AdjustedRandIndex">The share of pairs that both put together or both keep apart, less what chance would (Hubert and Arabie 1985): 0 by chance, 1 where they are the same.</param>
/// <param name="NormalizedMutualInformation">What one tells of the other, as a share of the mean of both entropies, 0 to 1; it grows with the number of clusters.</param>
/// <param name="Purity">The share of items whose label is the most frequent one of their cluster; it grows with the number of clusters.</param>
public sealed record ClusterAgreement(double AdjustedRandIndex, double NormalizedMutualInformation, double Purity)
{
    /// <summary>Compares.</summary>
    /// <param name="clusters">The rows of each cluster, every row once.</param>
    /// <param name="labels">The label of each row.</param>
    /// <exception cref="ArgumentException">There are no rows, or not a label for each.</exception>
    public static ClusterAgreement Of(IReadOnlyList<IReadOnlyList<int>> clusters, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        ArgumentNullException.ThrowIfNull(labels);
        double rows = clusters.Sum(cluster => cluster.Count);
        if (rows == 0 || rows != labels.Count)
            throw new ArgumentException($"The clusters have {rows} rows, and there are {labels.Count} labels. Expected a label for each row, and one row or more.", nameof(labels));
        double[][] cells = [.. clusters.Select(cluster => cluster.CountBy(row => labels[row], StringComparer.Ordinal).Select(label => (double)label.Value).ToArray())];
        double[] sizes = [.. clusters.Select(cluster => (double)cluster.Count)], classes = [.. labels.CountBy(label => label, StringComparer.Ordinal).Select(label => (double)label.Value)];
        var (together, ofClusters, ofClasses) = (cells.SelectMany(row => row).Sum(Pairs), sizes.Sum(Pairs), classes.Sum(Pairs));
        var (chance, most) = (rows > 1 ? ofClusters * ofClasses / Pairs(rows) : 0, (ofClusters + ofClasses) / 2);
        var entropies = (Entropy(sizes) + Entropy(classes)) / 2;
        var shared = Entropy(sizes) + Entropy(classes) - Entropy(cells.SelectMany(row => row));
        return new ClusterAgreement(
            most == chance ? 1 : (together - chance) / (most - chance),
            entropies == 0 ? 1 : Math.Clamp(shared / entropies, 0, 1),
            cells.Sum(row => row.Max()) / rows);

        static double Pairs(double count) => count * (count - 1) / 2;

        double Entropy(IEnumerable<double> counts) => -counts.Sum(count => count / rows * Math.Log(count / rows));
    }
}
