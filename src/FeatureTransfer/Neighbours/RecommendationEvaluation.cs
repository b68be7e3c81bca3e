namespace FeatureTransfer.Neighbours;

/// <summary>
/// How often a recommender finds again what users chose: of each user with two different choices or more, one is held out, and counts as found
/// where it is among the k best recommendations by the others. The held-out choices of all users are left out of what the recommender knows.
/// </summary>
public sealed class RecommendationEvaluation
{
    private RecommendationEvaluation(int users, int k, double recall, double popularityRecall) => (Users, K, Recall, PopularityRecall) = (users, k, recall, popularityRecall);

    /// <summary>How many users there were with two different choices or more.</summary>
    public int Users { get; }

    /// <summary>How many items were recommended to each.</summary>
    public int K { get; }

    /// <summary>The share of users whose held-out choice was recommended: recall@k.</summary>
    public double Recall { get; }

    /// <summary>The same where everyone is recommended what most users chose, their own choices left out.</summary>
    public double PopularityRecall { get; }

    /// <summary>Evaluates a recommender.</summary>
    /// <param name="items">The items.</param>
    /// <param name="choices">The names of the items that each user chose, in the order of time if the last one is held out.</param>
    /// <param name="k">How many items are recommended to each. Default 10.</param>
    /// <param name="togetherWeight">See <see cref="Recommender(NeighbourIndex, IEnumerable{IReadOnlyList{string}}, double)"/>. Default 0.5.</param>
    /// <param name="seed">Draws the choice that is held out. Default, and null: the last one.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">No user made two different choices, or an option is out of range.</exception>
    /// <exception cref="FeatureTransferException">A choice is no item of the index.</exception>
    public static RecommendationEvaluation Run(NeighbourIndex items, IEnumerable<IReadOnlyList<string>> choices, int k = 10, double togetherWeight = 0.5, int? seed = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(choices);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var random = seed is { } start ? new Random(start) : null;
        HeldOut[] users = [.. choices.Select(names => HoldOut(Recommender.Rows(items, names), random))];
        var known = new Choices(items.Count, [.. users.Select(user => user.Kept)]);
        var recommender = new Recommender(items, known, togetherWeight);
        HeldOut[] asked = [.. users.Where(user => user.Row >= 0)];
        if (asked.Length == 0)
            throw new ArgumentException("No user made two different choices, so none can be held out.", nameof(choices));
        double[] popularity = [.. known.Popularity.Select(count => (double)count)];
        var (found, popular) = (0, 0);
        Parallel.ForEach(asked, new ParallelOptions { CancellationToken = cancellationToken }, user =>
        {
            if (recommender.RecommendRows(user.Kept, k).Any(item => item.Row == user.Row))
                Interlocked.Increment(ref found);
            if (Recommender.Best(popularity, user.Kept, k).Contains(user.Row))
                Interlocked.Increment(ref popular);
        });
        return new RecommendationEvaluation(asked.Length, k, (double)found / asked.Length, (double)popular / asked.Length);
    }

    private static HeldOut HoldOut(int[] rows, Random? random)
    {
        if (rows.Length < 2)
            return new HeldOut(rows, -1);
        var place = random?.Next(rows.Length) ?? rows.Length - 1;
        return new HeldOut([.. rows[..place], .. rows[(place + 1)..]], rows[place]);
    }

    private sealed record HeldOut(int[] Kept, int Row);
}
