using FeatureTransfer.Neighbours;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Studio.Learning;

/// <summary>What features alone say of rows: where each lies on the map, and which are nearly the same.</summary>
/// <param name="Points">The places of rows, from 0 to 1 across and up; rows without features have none.</param>
/// <param name="Share">The share of the variance that the map keeps.</param>
/// <param name="Duplicates">The rows of each group of near-duplicates.</param>
internal sealed record FeatureFacts(IReadOnlyDictionary<int, (float X, float Y)> Points, double Share, IReadOnlyList<IReadOnlyList<int>> Duplicates)
{
    // The same cosine as ft clean's.
    private const double Alike = 0.98;

    // All pairs are compared anew where one row in so many has come, or more.
    private const int FewNew = 20, MostAlike = 10;

    /// <summary>Nothing is known yet.</summary>
    public static FeatureFacts None { get; } = new(new Dictionary<int, (float, float)>(), 0, []);

    /// <summary>Lays the map; near-duplicates stay as they are known.</summary>
    /// <param name="features">The features of each row; null where there are none.</param>
    public FeatureFacts WithMap(IReadOnlyList<float[]?> features)
    {
        var known = Known(features);
        var map = FeatureMap.Of(known);
        var points = map?.Points.ToDictionary(point => point.Row, point => (point.X, point.Y)) ?? known.ToDictionary(row => row.Row, _ => (0.5f, 0.5f));
        return this with { Points = points, Share = map?.Share ?? 0 };
    }

    /// <summary>Finds near-duplicates. Few new rows are compared with all, many rows all with each other: that time grows with the square of the rows.</summary>
    /// <param name="features">The features of each row; null where there are none.</param>
    /// <param name="fresh">The rows that were not looked at yet.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public FeatureFacts WithDuplicates(IReadOnlyList<float[]?> features, IReadOnlyList<int> fresh, CancellationToken cancellationToken)
    {
        var known = Known(features);
        if (known.Count < 2)
            return this;
        var builder = new NeighbourIndexBuilder();
        foreach (var (row, vector) in known)
            builder.Add(string.Create(CultureInfo.InvariantCulture, $"{row}"), vector);
        var index = builder.Build();
        return this with
        {
            Duplicates = fresh.Count * FewNew < known.Count
                ? Joined(index, known, [.. fresh.Where(row => features[row] is not null)], features, cancellationToken)
                : [.. NearDuplicates.Find(index, Alike, cancellationToken).Select(group => (IReadOnlyList<int>)[.. group.Select(place => known[place].Row)])],
        };
    }

    private static List<(int Row, float[] Features)> Known(IReadOnlyList<float[]?> features) => [.. features.Index().Where(row => row.Item is not null).Select(row => (row.Index, row.Item!))];

    // Each new row joins the groups of those that it is like.
    private List<IReadOnlyList<int>> Joined(NeighbourIndex index, List<(int Row, float[] Features)> known, int[] fresh, IReadOnlyList<float[]?> features, CancellationToken cancellationToken)
    {
        List<IReadOnlyList<int>> groups = [.. Duplicates];
        foreach (var (row, alike) in fresh.Zip(index.SearchMany([.. fresh.Select(row => features[row]!)], MostAlike, cancellationToken)))
        {
            int[] joined = [.. alike.Where(other => other.Distance <= 1 - Alike).Select(other => known[other.Row].Row).Append(row)];
            var touched = groups.Where(group => group.Intersect(joined).Any()).ToList();
            groups.RemoveAll(touched.Contains);
            int[] whole = [.. touched.SelectMany(group => group).Union(joined).Order()];
            if (whole.Length > 1)
                groups.Add(whole);
        }

        return groups;
    }
}
