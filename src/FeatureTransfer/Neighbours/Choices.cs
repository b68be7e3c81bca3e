namespace FeatureTransfer.Neighbours;

/// <summary>Who chose what: users by item, and items by user, all as numbers.</summary>
/// <param name="items">How many items there are.</param>
/// <param name="byUser">The rows of the items that each user chose, each once.</param>
internal sealed class Choices(int items, IReadOnlyList<int[]> byUser)
{
    private readonly ILookup<int, int> _users = byUser.SelectMany((rows, user) => rows.Select(row => (row, user))).ToLookup(choice => choice.row, choice => choice.user);

    /// <summary>How many users chose each item.</summary>
    public int[] Popularity { get; } = CountBy(items, byUser);

    /// <summary>
    /// How much the users of each item are those of others: the mean over the others of the cosine between the columns of a matrix of users and
    /// items that has a one for each choice. From 0 to 1.
    /// </summary>
    public double[] LikedTogether(IReadOnlyList<int> chosen)
    {
        var scores = new double[items];
        foreach (var row in chosen)
        {
            foreach (var other in _users[row].SelectMany(user => byUser[user]))
                scores[other] += 1 / Math.Sqrt((double)Popularity[row] * Popularity[other]) / chosen.Count;
        }

        return scores;
    }

    private static int[] CountBy(int items, IReadOnlyList<int[]> byUser)
    {
        var counts = new int[items];
        foreach (var row in byUser.SelectMany(rows => rows))
            counts[row]++;
        return counts;
    }
}
