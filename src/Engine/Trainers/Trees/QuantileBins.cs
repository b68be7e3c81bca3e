namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Intervals of a feature's values that hold about as many rows each; every bound lies midway between two values.</summary>
internal static class QuantileBins
{
    /// <summary>The bounds, rising; a value belongs to the first interval whose bound it does not exceed, or to the last.</summary>
    public static float[] Find(float[] values, int maxBins)
    {
        Array.Sort(values);
        var (distinct, ends) = Distinct(values);
        if (distinct.Count <= maxBins)
            return [.. Enumerable.Range(0, distinct.Count - 1).Select(i => Middle(distinct, i))];
        var bounds = new List<float>(maxBins - 1);
        double share = (double)values.Length / maxBins;
        // The next quantile that has no bound yet.
        int quantile = 1;
        for (int i = 0; i < distinct.Count - 1 && quantile < maxBins; i++)
        {
            // Of the places next to a quantile the nearer one becomes the bound.
            double halfway = (ends[i] + ends[i + 1]) / 2.0;
            if (quantile * share > halfway)
                continue;
            bounds.Add(Middle(distinct, i));
            while (quantile * share <= halfway)
                quantile++;
        }
        return [.. bounds];
    }

    /// <summary>The number of the interval that a value belongs to.</summary>
    public static int Of(float[] bounds, float value)
    {
        int at = Array.BinarySearch(bounds, value);
        return at >= 0 ? at : ~at;
    }

    /// <summary>The different values, and how many rows are at or below each.</summary>
    private static (List<float> Values, List<int> Ends) Distinct(float[] sorted)
    {
        var values = new List<float>();
        var ends = new List<int>();
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i > 0 && sorted[i] == sorted[i - 1])
            {
                ends[^1]++;
                continue;
            }
            values.Add(sorted[i]);
            ends.Add(i + 1);
        }
        return (values, ends);
    }

    private static float Middle(List<float> values, int i)
    {
        float middle = (float)(((double)values[i] + values[i + 1]) / 2);
        // Rounding must not put the upper value below its own bound.
        return middle < values[i + 1] ? middle : values[i];
    }
}
