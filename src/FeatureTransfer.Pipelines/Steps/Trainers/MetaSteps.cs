namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Naive Bayes over whether features are above 0.</summary>
public sealed record NaiveBayesStep : FeatureTrainerStep;

/// <summary>The share of the rows that are true, for every row: what any other trainer of two classes must beat.</summary>
public sealed record PriorStep : TrainerStep
{
    /// <summary>The weights of the rows: numbers; null, the default, is the same weight for all.</summary>
    public string? ExampleWeightColumn { get; init; }
}

/// <summary>A classifier made of several of two classes.</summary>
public abstract record MetaTrainerStep : TrainerStep
{
    /// <summary>The classifier of two classes; its label column is this step's.</summary>
    public required IBinaryTrainerStep BinaryEstimator { get; init; }

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
