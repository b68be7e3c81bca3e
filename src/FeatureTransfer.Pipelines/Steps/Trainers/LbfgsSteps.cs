namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A linear model trained by L-BFGS.</summary>
public abstract record LbfgsStep : WeightedTrainerStep
{
    /// <summary>The weight of the L1 penalty. Default 1.</summary>
    public float L1Regularization { get; init; } = 1;

    /// <summary>The weight of the L2 penalty. Default 1.</summary>
    public float L2Regularization { get; init; } = 1;

    /// <summary>The change of the loss at which training ends. Default 1e-7.</summary>
    public float OptimizationTolerance { get; init; } = 1e-7f;

    /// <summary>How many steps L-BFGS remembers. Default 20.</summary>
    public int HistorySize { get; init; } = 20;

    /// <summary>Whether weights stay at 0 or above. Default false.</summary>
    public bool EnforceNonNegativity { get; init; }
}

/// <summary>Multinomial logistic regression by L-BFGS.</summary>
public sealed record LbfgsMaximumEntropyStep : LbfgsStep;

/// <summary>Logistic regression of two classes by L-BFGS.</summary>
public sealed record LbfgsLogisticRegressionStep : LbfgsStep, IBinaryTrainerStep;
