namespace Microsoft.ML.Calibrators;

/// <summary>Counts rows in bins of equal width between the smallest and the largest score.</summary>
internal static class NaiveFit
{
    private const int Bins = 200;

    public static NaiveCalibrator Fit(CalibrationRows data)
    {
        if (data.Rows.Count == 0)
            return new(0, 0, new float[Bins]);
        float min = data.Rows.Min(r => r.Score);
        float size = (data.Rows.Max(r => r.Score) - min) / Bins;
        var hits = new double[Bins];
        var counts = new double[Bins];
        foreach (var (score, isPositive, _) in data.Rows)
        {
            int bin = NaiveCalibrator.Bin(score, min, size, Bins);
            counts[bin]++;
            hits[bin] += isPositive ? 1 : 0;
        }
        return new(min, size, [.. hits.Zip(counts, (h, n) => n > 0 ? (float)(h / n) : 0)]);
    }
}
