namespace FeatureTransfer.Pipelines.Results;

/// <summary>The largest difference of a rate between two groups.</summary>
/// <param name="Label">The label whose rate it is; null where the rate is of all labels.</param>
/// <param name="High">The group with the highest rate.</param>
/// <param name="Low">The group with the lowest.</param>
/// <param name="Difference">The difference, 0 to 1.</param>
/// <param name="Interval">
/// Its 95 % confidence interval, by Newcombe, "Interval estimation for the difference between independent proportions" (1998), method 10. The groups were
/// chosen for their rates, so with many groups a difference is found where there is none.
/// </param>
public sealed record RateGap(string? Label, string High, string Low, double Difference, Interval Interval)
{
    /// <summary>Between the groups with the highest and the lowest rate; null where fewer than two have one.</summary>
    internal static RateGap? Of(string? label, IEnumerable<GroupRate> rates)
    {
        var known = rates.Where(rate => rate.Rows > 0).OrderBy(rate => rate.Value).ThenBy(rate => rate.Group, StringComparer.Ordinal).ToList();
        if (known.Count < 2)
            return null;
        var (low, high) = (known[0], known[^1]);
        return new RateGap(label, high.Group, low.Group, high.Value - low.Value, Newcombe(high, low));
    }

    private static Interval Newcombe(GroupRate high, GroupRate low)
    {
        var (first, second) = (Interval.OfShare(high.Value, high.Rows), Interval.OfShare(low.Value, low.Rows));
        var difference = high.Value - low.Value;
        return new Interval(
            difference - double.Hypot(high.Value - first.Low, second.High - low.Value),
            difference + double.Hypot(first.High - high.Value, low.Value - second.Low));
    }
}

/// <summary>How many rows of a group are counted, out of how many.</summary>
internal readonly record struct GroupRate(string Group, int Counted, int Rows)
{
    public double Value => Rows == 0 ? 0 : Counted / (double)Rows;
}
