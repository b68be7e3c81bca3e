using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace FeatureTransfer.Neighbours;

/// <summary>
/// The items of an index in groups around centres, by k-means with starts that are far apart (k-means++, Arthur and Vassilvitskii 2007): what data without labels consist of.
/// </summary>
public sealed record ItemClusters
{
    private const int MostTried = 10;

    private ItemClusters(IReadOnlyList<IReadOnlyList<int>> clusters, double silhouette) => (Clusters, Silhouette) = (clusters, silhouette);

    /// <summary>The rows of each cluster, those nearest to its centre first; the largest cluster first.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Clusters { get; }

    /// <summary>
    /// How far apart the clusters lie, -1 to 1: the mean over items of how much nearer their own centre is than the next, as a share of the distance to the latter (the
    /// simplified silhouette, Hruschka and others 2004). Below 0.2 there hardly are clusters.
    /// </summary>
    public double Silhouette { get; }

    /// <summary>Finds them; with the same seed the same.</summary>
    /// <param name="index">The items.</param>
    /// <param name="count">How many clusters, 2 or more and no more than items; fewer come out where items coincide. Default, and null: of 2 to 10 the number with the highest <see cref="Silhouette"/>.</param>
    /// <param name="seed">The seed of the starts. Default 1.</param>
    /// <param name="cancellationToken">Stops the work, between two numbers of clusters.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 2.</exception>
    /// <exception cref="FeatureTransferException">There are fewer items than clusters, or fewer than three.</exception>
    public static ItemClusters Find(NeighbourIndex index, int? count = null, int seed = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(index);
        if (count is { } asked)
            ArgumentOutOfRangeException.ThrowIfLessThan(asked, 2, nameof(count));
        if (index.Count < Math.Max(3, count ?? 0))
            throw new FeatureTransferException(string.Create(CultureInfo.InvariantCulture, $"There are {index.Count} items. Expected {Math.Max(3, count ?? 0)} or more for {(count is { } given ? $"{given} clusters" : "clusters")}."));
        float[][] rows = [.. Enumerable.Range(0, index.Count).Select(row => index.Vector(row).ToArray())];
        return Enumerable.Range(count ?? 2, count is null ? Math.Min(MostTried, rows.Length - 1) - 1 : 1).Select(tried =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Around(Centres(rows, tried, seed), rows);
        }).MaxBy(found => found.Silhouette)!;
    }

    private static ItemClusters Around(float[][] centres, float[][] rows)
    {
        var (clusters, silhouette) = (centres.Select(_ => new List<(int Row, float Distance)>()).ToArray(), 0.0);
        for (var row = 0; row < rows.Length; row++)
        {
            var distances = Array.ConvertAll(centres, centre => TensorPrimitives.Distance<float>(centre, rows[row]));
            var own = TensorPrimitives.IndexOfMin<float>(distances);
            var next = distances.Where((_, centre) => centre != own).DefaultIfEmpty(distances[own]).Min();
            silhouette += next > 0 ? (next - distances[own]) / next : 0;
            clusters[own].Add((row, distances[own]));
        }

        return new ItemClusters(
            [.. clusters.Where(cluster => cluster.Count > 0).OrderByDescending(cluster => cluster.Count).Select(cluster => cluster.OrderBy(item => item.Distance).Select(item => item.Row).ToArray())],
            silhouette / rows.Length);
    }

    // One thread: several add up in any order.
    private static float[][] Centres(float[][] rows, int count, int seed)
    {
        var ml = new MLContext(seed);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Length);
        var view = ml.Data.LoadFromEnumerable(rows.Select(row => new Row { Features = row }), schema);
        var model = ml.Clustering.Trainers.KMeans(new KMeansTrainer.Options { NumberOfClusters = count, NumberOfThreads = 1 }).Fit(view);
        VBuffer<float>[] centres = [];
        model.Model.GetClusterCentroids(ref centres, out _);
        return [.. centres.Select(centre => centre.DenseValues().ToArray())];
    }

    private sealed class Row
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];
    }
}
