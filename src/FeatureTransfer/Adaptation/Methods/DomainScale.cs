using FeatureTransfer.Diagnostics;

namespace FeatureTransfer.Adaptation;

/// <summary>The mean and the inverse standard deviation of each feature; a feature that never varies keeps its scale.</summary>
internal sealed record DomainScale(float[] Mean, float[] Inverse)
{
    /// <summary>Takes the mean off, and brings each feature to variance 1.</summary>
    public ScaleMap Map => new(Mean, Inverse);

    public static DomainScale Of(double[][] rows)
    {
        var mean = TwoSamples.Mean(rows);
        var inverse = Enumerable.Range(0, mean.Count).Select(i => Math.Sqrt(rows.Average(row => (row[i] - mean[i]) * (row[i] - mean[i])))).Select(deviation => deviation > 1e-9 ? 1 / deviation : 1);
        return new DomainScale([.. mean.Select(value => (float)value)], [.. inverse.Select(value => (float)value)]);
    }

    /// <summary>The rows so scaled.</summary>
    public double[][] Apply(double[][] rows) => Array.ConvertAll(rows, row => row.Select((value, i) => (value - Mean[i]) * Inverse[i]).ToArray());
}
