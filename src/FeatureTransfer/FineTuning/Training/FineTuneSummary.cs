namespace FeatureTransfer.FineTuning;

/// <summary>How a fine-tuning went.</summary>
public sealed record FineTuneSummary
{
    /// <summary>One entry an epoch, in the order in which they ran.</summary>
    public IReadOnlyList<TrainingEpoch> History { get; init; } = [];

    /// <summary>The metric that decided.</summary>
    public string Metric { get; init; } = "";

    /// <summary>Whether more of it is better.</summary>
    public bool HigherIsBetter { get; init; }

    /// <summary>The metric of the frozen backbone with its head on the validation rows; null without validation rows or without that phase.</summary>
    public double? FrozenMetric { get; init; }

    /// <summary>The metric of the tuned network on the validation rows; null without validation rows or without that phase.</summary>
    public double? TunedMetric { get; init; }

    /// <summary>Whether the tuned weights were kept; false is the frozen backbone with its head.</summary>
    public bool KeptTuned { get; init; }

    /// <summary>How much better the tuned network is than the frozen one; negative where it is worse, null where one of them is missing.</summary>
    public double? Gain => TunedMetric is { } tuned && FrozenMetric is { } frozen ? (HigherIsBetter ? tuned - frozen : frozen - tuned) : null;

    /// <summary>The learning rates that the finder tried and the smoothed losses that they gave; empty where none was looked for.</summary>
    public IReadOnlyList<LearningRatePoint> LearningRateCurve { get; init; } = [];

    /// <summary>The learning rate of the second phase, before its schedule.</summary>
    public double LearningRate { get; init; }

    /// <summary>Rows that taught.</summary>
    public int TrainRows { get; init; }

    /// <summary>Rows that judged.</summary>
    public int ValidationRows { get; init; }

    /// <summary>Weights of the backbone that learned, as single numbers.</summary>
    public long TunedWeights { get; init; }

    /// <summary>Whether training was stopped from outside; what was best until then is kept.</summary>
    public bool Cancelled { get; init; }

    /// <summary>What was kept and why, in one sentence.</summary>
    public string Verdict { get; init; } = "";
}

/// <summary>One epoch of training.</summary>
/// <param name="Phase">The phase: <c>head</c> on frozen features, or <c>tuning</c>.</param>
/// <param name="Epoch">The epoch of the phase, from 1.</param>
/// <param name="LearningRate">The learning rate of its last step.</param>
/// <param name="TrainLoss">The mean loss over its batches, as it is minimised.</param>
/// <param name="ValidationLoss">The loss on the validation rows, without mixing, smoothing and weights; null without any.</param>
/// <param name="Metric">The metric on the validation rows; null without any.</param>
/// <param name="GradientNorm">The largest norm of the gradients, before clipping.</param>
/// <param name="Weights">The numbers that learned.</param>
/// <param name="Seconds">How long it took, validation included.</param>
/// <param name="RowsPerSecond">Training rows a second, validation not counted.</param>
public sealed record TrainingEpoch(
    string Phase, int Epoch, double LearningRate, double TrainLoss, double? ValidationLoss, double? Metric, double GradientNorm, long Weights, double Seconds, double RowsPerSecond);

/// <summary>A point of the learning-rate range test.</summary>
/// <param name="LearningRate">The rate.</param>
/// <param name="Loss">The smoothed loss.</param>
public readonly record struct LearningRatePoint(double LearningRate, double Loss);
