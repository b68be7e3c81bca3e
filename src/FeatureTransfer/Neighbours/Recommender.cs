using System.Numerics.Tensors;

namespace FeatureTransfer.Neighbours;

/// <summary>
/// Recommends items like those that a user chose, and liked by the same people. The score of an item is (1 - w) c + w t: c is the cosine between
/// its vector and the mean of the chosen items' vectors, each of length 1; t is the mean over the chosen items of the cosine between the users of
/// both, n(both) / sqrt(n(one) n(other)); w is the weight of the latter. Any number of threads may ask at once.
/// </summary>
public sealed class Recommender
{
    private readonly NeighbourIndex _items;
    private readonly Choices _choices;
    private readonly double _togetherWeight;

    /// <summary>Creates a recommender.</summary>
    /// <param name="items">The items, with <see cref="SimilarityMetric.Cosine"/> and a name each.</param>
    /// <param name="choices">The names of the items that each user chose; a name that repeats counts once. Default, and null: none, and items are recommended by their vectors alone.</param>
    /// <param name="togetherWeight">The weight of what is liked by the same people, from 0 (vectors alone) to 1 (choices alone). Default 0.5.</param>
    /// <exception cref="ArgumentException">The index has another metric, or the weight is out of range.</exception>
    /// <exception cref="FeatureTransferException">A choice is no item of the index.</exception>
    public Recommender(NeighbourIndex items, IEnumerable<IReadOnlyList<string>>? choices = null, double togetherWeight = 0.5)
        : this(items, new Choices(items?.Count ?? 0, [.. (choices ?? []).Select(names => Rows(items!, names))]), togetherWeight)
    {
    }

    internal Recommender(NeighbourIndex items, Choices choices, double togetherWeight)
    {
        ArgumentNullException.ThrowIfNull(items);
        if (items.Metric != SimilarityMetric.Cosine)
            throw new ArgumentException($"The index has the metric {items.Metric}. Expected {SimilarityMetric.Cosine}.", nameof(items));
        if (togetherWeight is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(togetherWeight), togetherWeight, "Expected 0 to 1.");
        (_items, _choices, _togetherWeight) = (items, choices, togetherWeight);
    }

    /// <summary>The items that fit best to those that a user chose, the best first; those that were chosen are left out.</summary>
    /// <param name="chosen">The names of the chosen items, 1 or more.</param>
    /// <param name="k">How many; all others where there are fewer.</param>
    /// <exception cref="ArgumentException">Nothing was chosen, or <paramref name="k"/> is below 1.</exception>
    /// <exception cref="FeatureTransferException">A choice is no item of the index.</exception>
    public IReadOnlyList<Recommendation> Recommend(IReadOnlyList<string> chosen, int k)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (chosen.Count == 0)
            throw new ArgumentException("Nothing was chosen. Name one item or more.", nameof(chosen));
        return RecommendRows(Rows(_items, chosen), k);
    }

    internal IReadOnlyList<Recommendation> RecommendRows(int[] chosen, int k)
    {
        var scores = Alike(chosen);
        var together = _togetherWeight > 0 ? _choices.LikedTogether(chosen) : new double[_items.Count];
        for (var row = 0; row < scores.Length; row++)
            scores[row] = ((1 - _togetherWeight) * scores[row]) + (_togetherWeight * together[row]);
        return [.. Best(scores, chosen, k).Select(row => new Recommendation(row, _items.Names[row], scores[row]))];
    }

    /// <summary>The rows with the best scores but those that were chosen; of equal ones, those that come first.</summary>
    internal static IEnumerable<int> Best(IReadOnlyList<double> scores, IReadOnlyList<int> chosen, int k)
    {
        var known = chosen.ToHashSet();
        return Enumerable.Range(0, scores.Count).Where(row => !known.Contains(row)).OrderByDescending(row => scores[row]).Take(k);
    }

    /// <summary>The rows of names, each once.</summary>
    internal static int[] Rows(NeighbourIndex items, IReadOnlyList<string> names) =>
        [.. names.Select(name => items.IndexOf(name) is >= 0 and var row ? row : throw new FeatureTransferException($"There is no item '{name}' in the index.{NearestName.Hint(name, items.Names)} Leave the choice out, or add the item.")).Distinct()];

    private double[] Alike(IReadOnlyList<int> chosen)
    {
        var mean = new float[_items.Dimension];
        foreach (var row in chosen)
            TensorPrimitives.Add(mean, _items.Vector(row), mean);
        VectorSpace.Prepare(SimilarityMetric.Cosine, mean);
        var distances = new float[_items.Count];
        VectorSpace.Distances(SimilarityMetric.Cosine, mean, _items.Vectors, distances);
        return Array.ConvertAll(distances, distance => 1.0 - distance);
    }
}
