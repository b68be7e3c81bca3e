using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>Finds the upper bounds of bins; the last is infinite.</summary>
internal static class Binning
{
    /// <summary>Bins that hold about as many values each, or one for each value where there are few.</summary>
    public static T[] ByDensity<T>(List<T> values, int maxBins)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (distinct, counts) = Distinct(values);
        var bounds = new List<T>();
        if (distinct.Count <= maxBins)
        {
            for (int i = 1; i < distinct.Count; i++)
                bounds.Add(Middle(distinct[i - 1], distinct[i]));
        }
        else
        {
            long seen = 0;
            for (int i = 0, bin = 1; i < distinct.Count - 1 && bin < maxBins; i++)
            {
                seen += counts[i];
                double wanted = (double)bin * values.Count / maxBins;
                if (wanted - seen > seen + counts[i + 1] - wanted)
                    continue;
                bounds.Add(Middle(distinct[i], distinct[i + 1]));
                bin++;
            }
        }
        bounds.Add(T.PositiveInfinity);
        return [.. bounds];
    }

    /// <summary>
    /// Bins that tell the labels apart: intervals are cut where the entropy of the labels falls most, as long as the
    /// gain pays for the cut's description. U. Fayyad and K. Irani, "Multi-Interval Discretization of Continuous-Valued
    /// Attributes for Classification Learning", IJCAI 1993. As in ML.NET the price leaves out the paper's term
    /// log2(3^k - 2), and the least number of values is that of the interval to be cut.
    /// </summary>
    public static T[] ByLabel<T>(List<T> values, List<int> labels, int maxBins, int minPerBin)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sorted = values.ToArray();
        var classes = labels.ToArray();
        Array.Sort(sorted, classes);
        int classCount = classes.Length == 0 ? 0 : classes.Max() + 1;
        var cuts = new SortedSet<int>();
        var open = new PriorityQueue<LabelCut, double>();
        Offer(open, LabelCut.Find(sorted, classes, 0, sorted.Length, classCount, minPerBin));
        while (cuts.Count + 1 < maxBins && open.TryDequeue(out var cut, out _))
        {
            cuts.Add(cut.At);
            Offer(open, LabelCut.Find(sorted, classes, cut.From, cut.At, classCount, minPerBin));
            Offer(open, LabelCut.Find(sorted, classes, cut.At, cut.To, classCount, minPerBin));
        }
        return [.. cuts.Select(at => Middle(sorted[at - 1], sorted[at])), T.PositiveInfinity];
    }

    private static void Offer(PriorityQueue<LabelCut, double> open, LabelCut? cut)
    {
        if (cut is not null)
            open.Enqueue(cut, -cut.Gain);
    }

    private static (List<T> Values, List<int> Counts) Distinct<T>(List<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        values.Sort();
        var distinct = new List<T>();
        var counts = new List<int>();
        foreach (var value in values)
        {
            if (distinct.Count > 0 && distinct[^1] == value)
            {
                counts[^1]++;
                continue;
            }
            distinct.Add(value);
            counts.Add(1);
        }
        return (distinct, counts);
    }

    private static T Middle<T>(T below, T above)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double max = typeof(T) == typeof(float) ? float.MaxValue : double.MaxValue;
        double a = Math.Max(double.CreateTruncating(below), -max);
        double b = Math.Min(double.CreateTruncating(above), max);
        return T.CreateTruncating((a / 2) + (b / 2));
    }
}

/// <summary>The best cut of an interval of sorted values.</summary>
internal sealed record LabelCut(int From, int At, int To, double Gain)
{
    /// <summary>The cut, or null where none pays.</summary>
    public static LabelCut? Find<T>(T[] values, int[] labels, int from, int to, int classCount, int minPerBin)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (to - from < minPerBin)
            return null;
        var below = new int[classCount];
        var above = new int[classCount];
        for (int i = from; i < to; i++)
            above[labels[i]]++;
        int n = to - from;
        double whole = Entropy(above, n);
        int kinds = above.Count(c => c > 0);
        LabelCut? best = null;
        for (int at = from + 1; at < to; at++)
        {
            below[labels[at - 1]]++;
            above[labels[at - 1]]--;
            if (values[at] == values[at - 1])
                continue;
            double left = Entropy(below, at - from);
            double right = Entropy(above, to - at);
            double gain = whole - ((((at - from) * left) + ((to - at) * right)) / n);
            int leftKinds = below.Count(c => c > 0);
            int rightKinds = above.Count(c => c > 0);
            double price = (Math.Log2(n - 1) - ((kinds * whole) - (leftKinds * left) - (rightKinds * right))) / n;
            if (gain > price && (best is null || gain > best.Gain))
                best = new(from, at, to, gain);
        }
        return best;
    }

    private static double Entropy(int[] counts, int total)
    {
        double sum = 0;
        foreach (int count in counts)
            if (count > 0)
                sum -= (double)count / total * Math.Log2((double)count / total);
        return sum;
    }
}
