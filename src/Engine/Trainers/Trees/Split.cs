namespace Microsoft.ML.Trainers.FastTree;

/// <summary>The sum of the targets of some rows, of their weights, and their number.</summary>
internal readonly record struct RowTotals(double Sum, double Weight, int Count)
{
    /// <summary>By how much one constant for all rows lowers the squared error.</summary>
    public double Merit => Weight > 0 ? Sum * Sum / Weight : 0;

    public static RowTotals operator -(RowTotals all, RowTotals part) => new(all.Sum - part.Sum, all.Weight - part.Weight, all.Count - part.Count);
}

/// <summary>A way to part the rows of a leaf: those in the intervals of a feature up to one from the others.</summary>
internal readonly record struct Split(double Gain, int Feature, int Bin, RowTotals Left)
{
    // Smaller gains are what rounding leaves over where all targets are alike.
    private const double LeastShare = 1e-10;

    public static Split None { get; } = new(0, -1, 0, default);

    public bool Exists => Feature >= 0;

    /// <summary>The best split by one feature: the one that lowers the squared error most (Friedman 2001, section 4.1).</summary>
    public static Split Find(Histogram histogram, int feature, int offset, int bins, RowTotals all, int minRows)
    {
        var best = None;
        double before = all.Merit;
        double sum = 0, weight = 0;
        int count = 0;
        for (int bin = 0; bin < bins - 1; bin++)
        {
            sum += histogram.Sums[offset + bin];
            count += histogram.Counts[offset + bin];
            weight += histogram.Weights is null ? histogram.Counts[offset + bin] : histogram.Weights[offset + bin];
            if (count < minRows)
                continue;
            if (all.Count - count < minRows)
                break;
            var left = new RowTotals(sum, weight, count);
            double after = left.Merit + (all - left).Merit;
            double gain = after - before;
            // Where intervals are empty the upper bound of all of them is taken, as in ML.NET.
            if (gain >= best.Gain && gain > LeastShare * after)
                best = new(gain, feature, bin, left);
        }
        return best;
    }
}
