namespace FeatureTransfer.Vision;

/// <summary>The metrics that may end a training early.</summary>
public enum EarlyStoppingMetric
{
    /// <summary>The share of the validation rows that is right; more is better.</summary>
    Accuracy,

    /// <summary>The mean cross-entropy on the validation rows; less is better.</summary>
    Loss,
}

/// <summary>When a training ends early: ML.NET's <c>EarlyStopping</c>.</summary>
public sealed record EarlyStoppingCriteria
{
    /// <summary>The metric of the validation rows that decides. Default <see cref="EarlyStoppingMetric.Accuracy"/>.</summary>
    public EarlyStoppingMetric Metric { get; init; }

    /// <summary>How much better counts as better. Default 0.01.</summary>
    public double MinDelta { get; init; } = 0.01;

    /// <summary>The epochs without a better metric after which training ends. Default 20.</summary>
    public int Patience { get; init; } = 20;
}
