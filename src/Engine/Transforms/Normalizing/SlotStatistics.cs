namespace Microsoft.ML.Transforms;

/// <summary>Count, mean, spread and range of the finite values of each slot; values not stored are zeros.</summary>
internal sealed class SlotStatistics(int slots)
{
    private readonly long[] _stored = new long[slots];
    private readonly double[] _count = new double[slots];
    private readonly double[] _mean = new double[slots];
    private readonly double[] _m2 = new double[slots];
    private readonly double[] _min = Filled(slots, double.PositiveInfinity);
    private readonly double[] _max = Filled(slots, double.NegativeInfinity);

    public int Slots => slots;

    public double Count(int slot) => _count[slot];

    public double Mean(int slot) => _mean[slot];

    /// <summary>The mean of the squared distances from the mean.</summary>
    public double Variance(int slot) => _count[slot] > 0 ? _m2[slot] / _count[slot] : 0;

    public double Min(int slot) => _min[slot];

    public double Max(int slot) => _max[slot];

    /// <summary>Takes one value. The range knows infinities, mean and spread leave them out (Welford's update).</summary>
    public void Add(int slot, double value)
    {
        _stored[slot]++;
        if (double.IsNaN(value))
            return;
        if (value < _min[slot])
            _min[slot] = value;
        if (value > _max[slot])
            _max[slot] = value;
        if (double.IsInfinity(value))
            return;
        double n = ++_count[slot];
        double delta = value - _mean[slot];
        _mean[slot] += delta / n;
        _m2[slot] += delta * (value - _mean[slot]);
    }

    /// <summary>Counts what was not stored as zeros, once all <paramref name="rows"/> are seen.</summary>
    public void Finish(long rows)
    {
        for (int i = 0; i < slots; i++)
        {
            double zeros = rows - _stored[i];
            if (zeros <= 0)
                continue;
            _min[i] = Math.Min(_min[i], 0);
            _max[i] = Math.Max(_max[i], 0);
            double n = _count[i] + zeros;
            _m2[i] += _mean[i] * _mean[i] * _count[i] * zeros / n;
            _mean[i] *= _count[i] / n;
            _count[i] = n;
        }
    }

    private static double[] Filled(int length, double value)
    {
        var values = new double[length];
        Array.Fill(values, value);
        return values;
    }
}
