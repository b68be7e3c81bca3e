namespace FeatureTransfer.Splits;

/// <summary>Two sides of a split, as positions of rows in ascending order.</summary>
/// <param name="Train">Rows to train on.</param>
/// <param name="Test">Rows to judge on.</param>
public sealed record SplitRows(IReadOnlyList<int> Train, IReadOnlyList<int> Test);

/// <summary>
/// Splits rows into parts, groups kept whole and labels spread as evenly as whole groups allow. Pure: the same rows and seed give the same split.
/// </summary>
public static class Splitter
{
    /// <summary>
    /// Puts rows into parts, each as near to its share of all rows and of each label as whole groups allow; none stays empty while there are groups
    /// enough.
    /// </summary>
    /// <param name="labels">One label a row; all equal is no stratification.</param>
    /// <param name="groups">One group a row, or null when each row is its own.</param>
    /// <param name="shares">The share of each part; they are taken relative to their sum.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The part of each row, from 0.</returns>
    public static int[] Assign(IReadOnlyList<string> labels, IReadOnlyList<string>? groups, IReadOnlyList<double> shares, int seed)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(shares);
        var names = labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var index = names.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        var counts = labels.CountBy(label => label, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var whole = Groups(labels, groups, index);
        var filling = new PartFilling(shares, [.. names.Select(name => counts[name])]);

        var placed = LargeFirst(whole, seed).Select(group => new PlacedGroup(group, filling.Place(group))).ToList();
        filling.Even(placed);
        EmptyParts.Fill(placed, shares.Count);

        var parts = new int[labels.Count];
        foreach (var (group, part) in placed)
        {
            foreach (var row in group.Rows)
                parts[row] = part;
        }

        return parts;
    }

    /// <summary>Holds a share of the rows out.</summary>
    /// <param name="labels">One label a row.</param>
    /// <param name="groups">One group a row, or null.</param>
    /// <param name="testFraction">The share of the test rows, 0 to below 1; above 0 it is one group at least.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="FeatureTransferException">All rows are one group, so none can be held out.</exception>
    public static SplitRows HoldOut(IReadOnlyList<string> labels, IReadOnlyList<string>? groups, double testFraction, int seed)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (testFraction <= 0)
            return new SplitRows([.. Enumerable.Range(0, labels.Count)], []);
        CheckUnits(labels, groups, 2, "A held-out test needs", "Set split.testFraction to 0");
        return Side(Assign(labels, groups, [1 - testFraction, testFraction], seed), 1);
    }

    /// <summary>The folds of a cross-validation; each row is in the test of one fold.</summary>
    /// <param name="labels">One label a row.</param>
    /// <param name="groups">One group a row, or null.</param>
    /// <param name="folds">The number of folds, at least 2.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="FeatureTransferException">There are fewer rows, or groups, than folds.</exception>
    public static IReadOnlyList<SplitRows> Folds(IReadOnlyList<string> labels, IReadOnlyList<string>? groups, int folds, int seed)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        CheckUnits(labels, groups, folds, $"{folds} folds need", "Lower split.folds");
        var parts = Assign(labels, groups, [.. Enumerable.Repeat(1.0, folds)], seed);
        return [.. Enumerable.Range(0, folds).Select(fold => Side(parts, fold))];
    }

    private static void CheckUnits(IReadOnlyList<string> labels, IReadOnlyList<string>? groups, int needed, string who, string remedy)
    {
        var units = groups?.Distinct(StringComparer.Ordinal).Count() ?? labels.Count;
        if (units < needed)
            throw new FeatureTransferException($"{who} {needed} {(groups is null ? "rows" : "groups")} or more, and there are {units}. {remedy}, or give more data.");
    }

    private static SplitRows Side(int[] parts, int test) => new(
        [.. Enumerable.Range(0, parts.Length).Where(row => parts[row] != test)],
        [.. Enumerable.Range(0, parts.Length).Where(row => parts[row] == test)]);

    // While there is room to balance; equals in an order of the seed's.
    private static IEnumerable<WholeGroup> LargeFirst(List<WholeGroup> groups, int seed)
    {
        var random = new Random(seed);
        return groups.Select(group => (Group: group, Key: random.NextDouble())).OrderBy(pair => (-pair.Group.Rows.Count, pair.Key)).Select(pair => pair.Group);
    }

    private static List<WholeGroup> Groups(IReadOnlyList<string> labels, IReadOnlyList<string>? groups, Dictionary<string, int> index) =>
        [.. Enumerable.Range(0, labels.Count)
            .GroupBy(row => groups?[row] ?? row.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal)
            .Select(rows => new WholeGroup([.. rows], [.. rows.CountBy(row => index[labels[row]]).Select(label => (label.Key, label.Value))]))];
}
