namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Naive Bayes over whether features are above 0.</summary>
public sealed record NaiveBayesStep : TrainerStep;

/// <summary>A classifier made of several of two classes.</summary>
public abstract record MetaTrainerStep : PipelineStep
{
    /// <summary>The classifier of two classes; its feature and weight columns count.</summary>
    public required IBinaryTrainerStep BinaryEstimator { get; init; }

    /// <summary>The label: a key. Default <c>Label</c>.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>Whether rows without label count as of the other class. Default false.</summary>
    public bool ImputeMissingLabelsAsNegative { get; init; }

    /// <summary>The most rows that scores are calibrated with. Default 1,000,000,000.</summary>
    public int MaximumCalibrationExampleCount { get; init; } = 1000000000;
}

/// <summary>One classifier a class, against all others.</summary>
public sealed record OneVersusAllStep : MetaTrainerStep
{
    /// <summary>Whether the classifiers' probabilities are compared, and not their scores. Default true.</summary>
    public bool UseProbabilities { get; init; } = true;
}

/// <summary>One classifier a pair of classes.</summary>
public sealed record PairwiseCouplingStep : MetaTrainerStep;
