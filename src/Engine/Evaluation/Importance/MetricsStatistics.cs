namespace Microsoft.ML.Data;

/// <summary>How the metrics of a binary classifier changed.</summary>
public sealed class BinaryClassificationMetricsStatistics
{
    internal BinaryClassificationMetricsStatistics()
    {
    }

    public MetricStatistics AreaUnderRocCurve { get; } = new();

    public MetricStatistics Accuracy { get; } = new();

    public MetricStatistics PositivePrecision { get; } = new();

    public MetricStatistics PositiveRecall { get; } = new();

    public MetricStatistics NegativePrecision { get; } = new();

    public MetricStatistics NegativeRecall { get; } = new();

    public MetricStatistics F1Score { get; } = new();

    public MetricStatistics AreaUnderPrecisionRecallCurve { get; } = new();

    internal void Add(BinaryClassificationMetrics now, BinaryClassificationMetrics before)
    {
        AreaUnderRocCurve.Add(now.AreaUnderRocCurve - before.AreaUnderRocCurve);
        Accuracy.Add(now.Accuracy - before.Accuracy);
        PositivePrecision.Add(now.PositivePrecision - before.PositivePrecision);
        PositiveRecall.Add(now.PositiveRecall - before.PositiveRecall);
        NegativePrecision.Add(now.NegativePrecision - before.NegativePrecision);
        NegativeRecall.Add(now.NegativeRecall - before.NegativeRecall);
        F1Score.Add(now.F1Score - before.F1Score);
        AreaUnderPrecisionRecallCurve.Add(now.AreaUnderPrecisionRecallCurve - before.AreaUnderPrecisionRecallCurve);
    }
}

/// <summary>How the metrics of a classifier of several classes changed.</summary>
public sealed class MulticlassClassificationMetricsStatistics
{
    private MetricStatistics[] _perClassLogLoss = [];

    internal MulticlassClassificationMetricsStatistics()
    {
    }

    public MetricStatistics MacroAccuracy { get; } = new();

    public MetricStatistics MicroAccuracy { get; } = new();

    public MetricStatistics LogLoss { get; } = new();

    public MetricStatistics LogLossReduction { get; } = new();

    public MetricStatistics TopKAccuracy { get; } = new();

    public IReadOnlyList<MetricStatistics> PerClassLogLoss => _perClassLogLoss;

    internal void Add(MulticlassClassificationMetrics now, MulticlassClassificationMetrics before)
    {
        MacroAccuracy.Add(now.MacroAccuracy - before.MacroAccuracy);
        MicroAccuracy.Add(now.MicroAccuracy - before.MicroAccuracy);
        LogLoss.Add(now.LogLoss - before.LogLoss);
        LogLossReduction.Add(now.LogLossReduction - before.LogLossReduction);
        TopKAccuracy.Add(now.TopKAccuracy - before.TopKAccuracy);
        if (_perClassLogLoss.Length == 0)
            _perClassLogLoss = [.. now.PerClassLogLoss.Select(_ => new MetricStatistics())];
        for (int k = 0; k < _perClassLogLoss.Length; k++)
            _perClassLogLoss[k].Add(now.PerClassLogLoss[k] - before.PerClassLogLoss[k]);
    }
}

/// <summary>How the metrics of a regression changed.</summary>
public sealed class RegressionMetricsStatistics
{
    internal RegressionMetricsStatistics()
    {
    }

    public MetricStatistics MeanAbsoluteError { get; } = new();

    public MetricStatistics MeanSquaredError { get; } = new();

    public MetricStatistics RootMeanSquaredError { get; } = new();

    public MetricStatistics LossFunction { get; } = new();

    public MetricStatistics RSquared { get; } = new();

    internal void Add(RegressionMetrics now, RegressionMetrics before)
    {
        MeanAbsoluteError.Add(now.MeanAbsoluteError - before.MeanAbsoluteError);
        MeanSquaredError.Add(now.MeanSquaredError - before.MeanSquaredError);
        RootMeanSquaredError.Add(now.RootMeanSquaredError - before.RootMeanSquaredError);
        LossFunction.Add(now.LossFunction - before.LossFunction);
        RSquared.Add(now.RSquared - before.RSquared);
    }
}
