namespace FeatureTransfer.FineTuning;

/// <summary>Metrics on the validation rows.</summary>
public enum ValidationMetric
{
    /// <summary>Accuracy for classes, the mean of the areas under the ROC curves for several labels a row, the root mean squared error for numbers.</summary>
    Auto,

    /// <summary>The mean negative logarithm of the probability given to the true label, or the mean squared error of numbers; without mixing, smoothing and weights.</summary>
    Loss,

    /// <summary>The share of rows that are right.</summary>
    Accuracy,

    /// <summary>The mean over the classes of the share of rows that are right.</summary>
    MacroAccuracy,

    /// <summary>The mean over the classes of the harmonic mean of precision and recall.</summary>
    MacroF1,

    /// <summary>The area under the ROC curve, the mean over the labels where there are several; for two classes or several labels a row.</summary>
    Auc,

    /// <summary>The root of the mean squared error, for numbers.</summary>
    RootMeanSquaredError,

    /// <summary>The mean absolute error, for numbers.</summary>
    MeanAbsoluteError,

    /// <summary>The share of the variance that is explained, for numbers.</summary>
    RSquared,
}

/// <summary>What ends training early, and which weights are kept.</summary>
public sealed record EarlyStoppingOptions
{
    /// <summary>What is watched. Default <see cref="ValidationMetric.Auto"/>.</summary>
    public ValidationMetric Metric { get; init; } = ValidationMetric.Auto;

    /// <summary>Epochs without a better metric after which a phase ends; 0 is never. Default 0.</summary>
    public int Patience { get; init; }

    /// <summary>How much better counts as better for <see cref="Patience"/>. Default 0.</summary>
    public double MinDelta { get; init; }

    /// <summary>Whether each phase ends with the weights of its best epoch and not with those of its last. Default true.</summary>
    public bool RestoreBest { get; init; } = true;
}
