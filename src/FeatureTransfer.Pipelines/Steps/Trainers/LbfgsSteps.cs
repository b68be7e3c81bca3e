using Microsoft.ML.Trainers;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A linear model trained by L-BFGS.</summary>
public abstract record LbfgsStep : WeightedTrainerStep
{
    private protected LbfgsStep(object defaults)
        : base(defaults)
    {
    }

    /// <summary>The weight of the L1 penalty. Default 1.</summary>
    public float L1Regularization { get; init; }

    /// <summary>The weight of the L2 penalty. Default 1.</summary>
    public float L2Regularization { get; init; }

    /// <summary>The change of the loss at which training ends. Default 1e-7.</summary>
    public float OptimizationTolerance { get; init; }

    /// <summary>How many steps L-BFGS remembers. Default 20.</summary>
    public int HistorySize { get; init; }

    /// <summary>The most steps. Default 2,147,483,647.</summary>
    public int MaximumNumberOfIterations { get; init; }

    /// <summary>The range around 0 from which the first weights are drawn. Default 0.</summary>
    public float InitialWeightsDiameter { get; init; }

    /// <summary>Whether weights stay at 0 or above. Default false.</summary>
    public bool EnforceNonNegativity { get; init; }

    /// <summary>Threads at once; null, the default, is as many as ML.NET finds useful.</summary>
    public int? NumberOfThreads { get; init; }
}

/// <summary>Multinomial logistic regression by L-BFGS.</summary>
public sealed record LbfgsMaximumEntropyStep() : LbfgsStep(new LbfgsMaximumEntropyMulticlassTrainer.Options());

/// <summary>Logistic regression of two classes by L-BFGS.</summary>
public sealed record LbfgsLogisticRegressionStep() : LbfgsStep(new LbfgsLogisticRegressionBinaryTrainer.Options()), IBinaryTrainerStep;

/// <summary>Poisson regression, for counts, by L-BFGS.</summary>
public sealed record LbfgsPoissonRegressionStep() : LbfgsStep(new LbfgsPoissonRegressionTrainer.Options());
