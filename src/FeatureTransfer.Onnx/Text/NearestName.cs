namespace FeatureTransfer;

/// <summary>Finds the known name that somebody probably meant.</summary>
public static class NearestName
{
    /// <summary>The known names nearest to a name, nearest first, ties in the order given; none that is entirely different.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">The names that would have been right.</param>
    /// <param name="most">How many to give at the most. Default 3.</param>
    public static IReadOnlyList<string> Find(string name, IEnumerable<string> known, int most = 3)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(known);
        return [.. known
            .Select(candidate => (candidate, distance: Score(name, candidate)))
            .Where(pair => pair.distance <= Math.Max(2, Math.Max(name.Length, pair.candidate.Length) / 2))
            .OrderBy(pair => pair.distance)
            .Take(most)
            .Select(pair => pair.candidate)];
    }

    /// <summary>A sentence for an error message: " Did you mean 'x'?", or nothing when no name is near.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">The names that would have been right.</param>
    public static string Hint(string name, IEnumerable<string> known)
    {
        var near = Find(name, known, 1);
        return near.Count == 0 ? "" : $" Did you mean '{near[0]}'?";
    }

    private static int Score(string name, string candidate) =>
        candidate.Contains(name, StringComparison.OrdinalIgnoreCase) && name.Length > 2
            ? 1
            : Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant());

    // Levenshtein's edit distance over two rows.
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
                current[j] = Math.Min(Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
