namespace FeatureTransfer.Benchmarks.FineTuning;

/// <summary>A difference of accuracies with its 95 % interval.</summary>
internal sealed record PairedDifference(double Mean, double Lower, double Upper)
{
    /// <summary>Whether the interval leaves 0 out.</summary>
    public bool IsClear => Lower > 0 || Upper < 0;
}

/// <summary>
/// The paired bootstrap (Efron and Tibshirani, 1993) over groups: whole groups are drawn with replacement, for the variants of one emoji
/// are right or wrong together, and both chains are judged on the same draw.
/// </summary>
internal static class PairedBootstrap
{
    private const int Draws = 10_000;

    /// <summary>How much more often the second is right, in the mean over all rows.</summary>
    /// <param name="groups">The group of each row.</param>
    /// <param name="first">The share of times that the first chain got a row right.</param>
    /// <param name="second">The same for the second.</param>
    /// <param name="seed">The seed of the draws.</param>
    public static PairedDifference Compare(IReadOnlyList<string> groups, IReadOnlyList<double> first, IReadOnlyList<double> second, int seed)
    {
        var sums = Enumerable.Range(0, groups.Count).GroupBy(row => groups[row], StringComparer.Ordinal)
            .Select(rows => (Gain: rows.Sum(row => second[row] - first[row]), Rows: rows.Count())).ToArray();
        var random = new Random(seed);
        var means = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var (gain, rows) = (0.0, 0);
            for (var i = 0; i < sums.Length; i++)
            {
                var drawn = sums[random.Next(sums.Length)];
                (gain, rows) = (gain + drawn.Gain, rows + drawn.Rows);
            }

            means[draw] = gain / rows;
        }

        Array.Sort(means);
        return new PairedDifference(sums.Sum(group => group.Gain) / groups.Count, means[(int)(Draws * 0.025)], means[(int)(Draws * 0.975)]);
    }
}
