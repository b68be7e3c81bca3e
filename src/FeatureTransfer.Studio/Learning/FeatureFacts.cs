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

    /// <summary>Nothing is known yet.</summary>
    public static FeatureFacts None { get; } = new(new Dictionary<int, (float, float)>(), 0, []);

    /// <summary>Looks at features.</summary>
    /// <param name="features">The features of each row; null where there are none.</param>
    /// <param name="findsDuplicates">Whether all pairs are compared, whose time grows with the square of the rows.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static FeatureFacts Of(IReadOnlyList<float[]?> features, bool findsDuplicates, CancellationToken cancellationToken)
    {
        List<(int Row, float[] Features)> known = [.. features.Index().Where(row => row.Item is not null).Select(row => (row.Index, row.Item!))];
        var map = FeatureMap.Of(known);
        var points = map?.Points.ToDictionary(point => point.Row, point => (point.X, point.Y)) ?? known.ToDictionary(row => row.Row, _ => (0.5f, 0.5f));
        return new FeatureFacts(points, map?.Share ?? 0, findsDuplicates ? Groups(known, cancellationToken) : []);
    }

    private static IReadOnlyList<IReadOnlyList<int>> Groups(List<(int Row, float[] Features)> known, CancellationToken cancellationToken)
    {
        if (known.Count < 2)
            return [];
        var builder = new NeighbourIndexBuilder();
        foreach (var (row, features) in known)
            builder.Add(string.Create(CultureInfo.InvariantCulture, $"{row}"), features);
        return [.. NearDuplicates.Find(builder.Build(), Alike, cancellationToken).Select(group => (IReadOnlyList<int>)[.. group.Select(place => known[place].Row)])];
    }
}
