namespace FeatureTransfer.FineTuning;

/// <summary>How much each class counts.</summary>
public enum ClassWeighting
{
    /// <summary>Each row the same.</summary>
    None,

    /// <summary>Each class the same: rows count by the inverse of their class's frequency.</summary>
    Balanced,
}

/// <summary>What is minimised: cross-entropy for classes, binary cross-entropy for yes and no, the mean squared error for numbers.</summary>
public sealed record TrainingLossOptions
{
    /// <summary>The share of a label's probability that is spread over all classes (Szegedy and others, 2016, arXiv:1512.00567). Default 0.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>How much each class counts. Default <see cref="ClassWeighting.None"/>.</summary>
    public ClassWeighting ClassWeights { get; init; } = ClassWeighting.None;

    /// <summary>The exponent of the focal loss (Lin and others, 2017, arXiv:1708.02002), which gives easy rows less weight; 0 is no focal loss. Default 0.</summary>
    public double FocalGamma { get; init; }
}
