using Microsoft.ML.Trainers;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A linear model trained by stochastic dual coordinate ascent (Shalev-Shwartz and Zhang, 2013).</summary>
public abstract record DualCoordinateAscentStep : WeightedTrainerStep
{
    private protected DualCoordinateAscentStep(object defaults)
        : base(defaults)
    {
    }

    /// <summary>The weight of the L2 penalty; null, the default, is chosen by the data.</summary>
    public float? L2Regularization { get; init; }

    /// <summary>The weight of the L1 penalty; null, the default, is chosen by the data.</summary>
    public float? L1Regularization { get; init; }

    /// <summary>The most passes over the rows; null, the default, is chosen by the data.</summary>
    public int? MaximumNumberOfIterations { get; init; }

    /// <summary>The duality gap, as a share of the loss, at which training ends. Default 0.1, for regression 0.01.</summary>
    public float ConvergenceTolerance { get; init; }

    /// <summary>The passes between two looks at the gap; null, the default, is chosen by the threads.</summary>
    public int? ConvergenceCheckFrequency { get; init; }

    /// <summary>Whether each pass takes the rows in another order. Default true.</summary>
    public bool Shuffle { get; init; }

    /// <summary>The learning rate of the bias. Default 0, for regression 1.</summary>
    public float BiasLearningRate { get; init; }

    /// <summary>Threads at once; null, the default, is chosen by the machine. With more than one, two runs differ.</summary>
    public int? NumberOfThreads { get; init; }
}

/// <summary>Multinomial logistic regression by SDCA.</summary>
public sealed record SdcaMaximumEntropyStep() : DualCoordinateAscentStep(new SdcaMaximumEntropyMulticlassTrainer.Options());

/// <summary>Linear classification by SDCA, of several classes or of two, whose scores are no probabilities.</summary>
public sealed record SdcaNonCalibratedStep() : DualCoordinateAscentStep(new SdcaNonCalibratedBinaryTrainer.Options()), IBinaryTrainerStep
{
    /// <summary>The weight of rows that are true, with two classes. Default 1.</summary>
    public float PositiveInstanceWeight { get; init; }

    /// <summary>What is minimised; null, the default, is the logistic loss.</summary>
    public ClassificationLossOptions? LossFunction { get; init; }
}

/// <summary>Logistic regression of two classes by SDCA.</summary>
public sealed record SdcaLogisticRegressionStep() : DualCoordinateAscentStep(new SdcaLogisticRegressionBinaryTrainer.Options()), IBinaryTrainerStep
{
    /// <summary>The weight of rows that are true. Default 1.</summary>
    public float PositiveInstanceWeight { get; init; }
}

/// <summary>Linear regression by SDCA.</summary>
public sealed record SdcaStep() : DualCoordinateAscentStep(new SdcaRegressionTrainer.Options());
