namespace FeatureTransfer.FineTuning;

/// <summary>Watches a metric, epoch by epoch.</summary>
internal sealed class EarlyStopping(EarlyStoppingOptions options, bool higherIsBetter)
{
    private double _mark = higherIsBetter ? double.NegativeInfinity : double.PositiveInfinity;

    /// <summary>The epoch with the best metric so far; of equals the one with the lower loss.</summary>
    public int BestEpoch { get; private set; } = -1;

    /// <summary>The best metric so far.</summary>
    public double BestMetric { get; private set; } = higherIsBetter ? double.NegativeInfinity : double.PositiveInfinity;

    /// <summary>The loss in the best epoch.</summary>
    public double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>Epochs since the metric was better by <see cref="EarlyStoppingOptions.MinDelta"/>.</summary>
    public int Waited { get; private set; }

    /// <summary>Whether to end.</summary>
    public bool IsOver => options.Patience > 0 && Waited >= options.Patience;

    /// <summary>Takes note of an epoch.</summary>
    /// <returns>Whether it is the best so far.</returns>
    public bool Observe(int epoch, double metric, double loss)
    {
        if (Better(metric, _mark, options.MinDelta))
            (_mark, Waited) = (metric, 0);
        else
            Waited++;
        var best = Better(metric, BestMetric, 0) || (metric == BestMetric && loss < BestLoss);
        if (best)
            (BestEpoch, BestMetric, BestLoss) = (epoch, metric, loss);
        return best;
    }

    // Not a number is never better.
    private bool Better(double value, double than, double by) => higherIsBetter ? value > than + by : value < than - by;
}
