using System.Numerics.Tensors;

namespace FeatureTransfer.Pipelines.Results;

/// <summary>Where rows lie by their features, in the plane of their first two principal components.</summary>
/// <param name="Points">The rows.</param>
/// <param name="Share">The share of the variance that the plane keeps.</param>
internal sealed record FeatureMap(IReadOnlyList<MapPoint> Points, double Share)
{
    // More would make the page large and show no more.
    private const int Most = 2000;

    /// <summary>Of how many rows one is drawn.</summary>
    public static int Every(int rows) => (rows + Most - 1) / Most;

    /// <summary>Lays rows into the plane.</summary>
    /// <returns>Null where there is nothing to see.</returns>
    public static FeatureMap? Of(IReadOnlyList<(int Row, float[] Features)> sample)
    {
        if (PrincipalPlane.Of([.. sample.Select(row => row.Features)]) is not { } plane)
            return null;
        var (across, up) = (Scaled(plane.Across), Scaled(plane.Up));
        return new FeatureMap([.. sample.Select((row, i) => new MapPoint(row.Row, across[i], up[i]))], plane.Share);
    }

    private static float[] Scaled(float[] values)
    {
        var (least, most) = (TensorPrimitives.Min<float>(values), TensorPrimitives.Max<float>(values));
        return [.. values.Select(value => most > least ? (value - least) / (most - least) : 0.5f)];
    }
}

/// <summary>A row on a <see cref="FeatureMap"/>.</summary>
/// <param name="Row">Its position among the predictions.</param>
/// <param name="X">Its place to the right, 0 to 1.</param>
/// <param name="Y">Its place upwards, 0 to 1.</param>
internal readonly record struct MapPoint(int Row, float X, float Y);
