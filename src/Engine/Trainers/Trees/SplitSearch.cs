using System.Numerics;
using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>
/// Finds the best split by a feature: the one that lowers the squared error most (J. Friedman, "Greedy Function
/// Approximation: A Gradient Boosting Machine", 2001, section 4.1).
/// </summary>
internal static class SplitSearch
{
    // Smaller gains are what rounding leaves over where all targets are alike.
    private const double LeastShare = 1e-10;

    [ThreadStatic]
    private static double[]? _room;

    public static Split Find(Histogram histogram, int feature, int offset, int bins, RowTotals all, int minRows)
    {
        if (_room is null || _room.Length < 3 * bins)
            _room = new double[3 * bins];
        var sums = _room.AsSpan(0, bins);
        var weights = _room.AsSpan(bins, bins);
        var merits = _room.AsSpan(2 * bins, bins);
        var counts = histogram.Counts.AsSpan(offset, bins);
        var (first, end) = AddUp(histogram, offset, sums, weights, all.Count, minRows);
        if (first >= end)
            return Split.None;
        AddMerits(sums[first..end], weights[first..end], all, merits[first..end]);
        int best = first + TensorPrimitives.IndexOfMax<double>(merits[first..end]);
        double gain = merits[best] - all.Merit;
        if (!(gain > LeastShare * merits[best]))
            return Split.None;
        // Where intervals are empty the upper bound of all of them is taken, as in ML.NET.
        while (best + 1 < end && counts[best + 1] == 0)
            best++;
        return new(gain, feature, best, new(sums[best], weights[best], TensorPrimitives.Sum<int>(counts[..(best + 1)])));
    }

    /// <summary>Sums up to each interval; tells after which of them both sides have enough rows.</summary>
    private static (int First, int End) AddUp(Histogram histogram, int offset, Span<double> sums, Span<double> weights, int rows, int minRows)
    {
        var ofBins = histogram.Sums.AsSpan(offset, sums.Length);
        var counts = histogram.Counts.AsSpan(offset, sums.Length);
        var weightOfBins = histogram.Weights is null ? default : histogram.Weights.AsSpan(offset, sums.Length);
        double sum = 0, weight = 0;
        int count = 0;
        int first = sums.Length;
        int end = 0;
        for (int bin = 0; bin < sums.Length - 1; bin++)
        {
            count += counts[bin];
            sums[bin] = sum += ofBins[bin];
            weights[bin] = weight += weightOfBins.IsEmpty ? counts[bin] : weightOfBins[bin];
            if (count >= minRows && first > bin)
                first = bin;
            if (rows - count < minRows)
                break;
            end = bin + 1;
        }
        return (first, end);
    }

    /// <summary>By how much two constants lower the squared error, one for the rows up to an interval and one for the others.</summary>
    private static void AddMerits(ReadOnlySpan<double> sums, ReadOnlySpan<double> weights, RowTotals all, Span<double> merits)
    {
        // Rows that weigh nothing have no sum either.
        const double Least = 1e-300;
        int i = 0;
        for (; i <= sums.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var left = new Vector<double>(sums[i..]);
            var right = new Vector<double>(all.Sum) - left;
            var leftWeight = Vector.Max(new(weights[i..]), new Vector<double>(Least));
            var rightWeight = Vector.Max(new Vector<double>(all.Weight) - new Vector<double>(weights[i..]), new Vector<double>(Least));
            ((left * left / leftWeight) + (right * right / rightWeight)).CopyTo(merits[i..]);
        }
        for (; i < sums.Length; i++)
        {
            double right = all.Sum - sums[i];
            merits[i] = (sums[i] * sums[i] / Math.Max(weights[i], Least)) + (right * right / Math.Max(all.Weight - weights[i], Least));
        }
    }
}
