using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Diagnostics;

/// <summary>Finds rows that are like no others, by the mean distance to their nearest neighbours: Ramaswamy and others, "Efficient Algorithms for Mining Outliers from Large Data Sets" (2000).</summary>
public static class Outliers
{
    // The median of the absolute deviations of a normal distribution times this is its standard deviation.
    private const double Normal = 1.4826;

    /// <summary>How far each row lies out: its distance in robust standard deviations from the median of all rows'; from about 5 on it is worth a look.</summary>
    /// <param name="items">The rows' features.</param>
    /// <param name="neighbours">The neighbours, 1 or more. Default 10.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One number a row; 0 for all where there are too few rows or all lie alike.</returns>
    public static IReadOnlyList<double> Scores(NeighbourIndex items, int neighbours = 10, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        var queries = Enumerable.Range(0, items.Count).Select(row => items.Vector(row).ToArray()).ToList();
        var distances = items.SearchMany(queries, neighbours + 1, cancellationToken)
            .Select((found, row) => found.Where(other => other.Row != row).Take(neighbours).Select(other => (double)other.Distance).DefaultIfEmpty(0).Average())
            .ToList();
        var middle = Median(distances);
        var spread = Normal * Median(distances.ConvertAll(distance => Math.Abs(distance - middle)));
        return spread > 0 ? distances.ConvertAll(distance => (distance - middle) / spread) : distances.ConvertAll(_ => 0.0);
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
