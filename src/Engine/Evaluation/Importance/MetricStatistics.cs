namespace Microsoft.ML.Data;

/// <summary>What a metric came to over several runs.</summary>
public sealed class MetricStatistics
{
    // Welford's way: the mean, and the sum of squares around it, row by row.
    private double _mean;
    private double _squares;

    internal MetricStatistics()
    {
    }

    public double Mean => _mean;

    /// <summary>The standard deviation of a sample; 0 of a single value.</summary>
    public double StandardDeviation => Count > 1 ? Math.Sqrt(_squares / (Count - 1)) : 0;

    public double StandardError => Count > 0 ? StandardDeviation / Math.Sqrt(Count) : 0;

    public int Count { get; private set; }

    internal void Add(double value)
    {
        Count++;
        double before = value - _mean;
        _mean += before / Count;
        _squares += before * (value - _mean);
    }
}
