namespace FeatureTransfer.Pipelines.Running;

/// <summary>Compares two classifiers on the same rows.</summary>
/// <param name="Better">Rows that the second alone gets right.</param>
/// <param name="Worse">Rows that the first alone gets right.</param>
/// <param name="Rows">All rows.</param>
internal readonly record struct PairedRows(int Better, int Worse, int Rows)
{
    private const double Z = 1.959964;

    /// <summary>Counts the rows on which they differ.</summary>
    public static PairedRows Of(IReadOnlyList<bool> first, IReadOnlyList<bool> second)
    {
        var pairs = first.Zip(second).ToList();
        return new PairedRows(pairs.Count(pair => !pair.First && pair.Second), pairs.Count(pair => pair.First && !pair.Second), pairs.Count);
    }

    /// <summary>How much better the second is, as a share of the rows.</summary>
    public double Gain => (Better - Worse) / (double)Rows;

    /// <summary>The 95 % interval of the gain, by Agresti and Min (2005): half a row is added to each of the four counts.</summary>
    public Interval Interval
    {
        get
        {
            var (better, worse, rows) = (Better + 0.5, Worse + 0.5, Rows + 2.0);
            var gain = (better - worse) / rows;
            var half = Z * Math.Sqrt(((better + worse) / rows) - (gain * gain)) / Math.Sqrt(rows);
            return new Interval(gain - half, gain + half);
        }
    }

    /// <summary>The exact test of McNemar (1947): how likely chance divides the rows on which they differ so unevenly.</summary>
    public double PValue
    {
        get
        {
            var count = Better + Worse;
            var term = -count * Math.Log(2);
            var tail = 0.0;
            for (var i = 0; i <= Math.Min(Better, Worse); i++)
            {
                tail += Math.Exp(term);
                term += Math.Log((count - i) / (i + 1.0));
            }

            return Math.Min(1, 2 * tail);
        }
    }

    /// <summary>Holm's (1979) correction: the probabilities of several tests, each such that with any number of them one is below a bound by chance no more often than the bound says.</summary>
    public static IReadOnlyList<double> Holm(IReadOnlyList<double> values)
    {
        var corrected = new double[values.Count];
        var largest = 0.0;
        foreach (var (value, place, rank) in values.Select((value, place) => (value, place)).OrderBy(pair => pair.value).Select((pair, rank) => (pair.value, pair.place, rank)))
            corrected[place] = largest = Math.Max(largest, Math.Min(1, value * (values.Count - rank)));
        return corrected;
    }
}
