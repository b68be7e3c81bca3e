namespace FeatureTransfer.Heads;

/// <summary>
/// Folds whose training side has every class: a class with a single row is never held out, and the rows of the others are dealt out one after
/// another. Splits that leave a class out would judge a choice by rows that no classifier could get right.
/// </summary>
internal static class HeldOut
{
    /// <summary>The folds; none where every class has a single row.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="folds">How many, if there are enough rows.</param>
    /// <param name="seed">The seed of the order in which rows are dealt.</param>
    public static IReadOnlyList<(LabelledFeatures Train, LabelledFeatures Test)> Folds(LabelledFeatures rows, int folds, int seed)
    {
        var random = new Random(seed);
        var fold = Enumerable.Repeat(-1, rows.Count).ToArray();
        var next = 0;
        foreach (var members in Enumerable.Range(0, rows.Count).GroupBy(row => rows.Labels[row]).Where(group => group.Count() > 1).OrderBy(group => group.Key).Select(group => group.ToArray()))
        {
            random.Shuffle(members);
            foreach (var row in members)
                fold[row] = next++ % folds;
        }

        return [.. Enumerable.Range(0, folds)
            .Where(number => fold.Contains(number))
            .Select(number => (rows.Pick(Places(fold, place => place != number)), rows.Pick(Places(fold, place => place == number))))];
    }

    private static List<int> Places(int[] fold, Func<int, bool> which) => [.. Enumerable.Range(0, fold.Length).Where(row => which(fold[row]))];
}
