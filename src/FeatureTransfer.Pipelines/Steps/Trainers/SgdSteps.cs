using Microsoft.ML.Trainers;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A linear model of two classes trained by stochastic gradient descent.</summary>
public abstract record SgdStep : WeightedTrainerStep
{
    private protected SgdStep(object defaults)
        : base(defaults)
    {
    }

    /// <summary>The passes over the rows. Default 20.</summary>
    public int NumberOfIterations { get; init; }

    /// <summary>The length of the first steps. Default 0.01.</summary>
    public double LearningRate { get; init; }

    /// <summary>The weight of the L2 penalty. Default 1e-6.</summary>
    public float L2Regularization { get; init; }

    /// <summary>The change of the loss at which training ends. Default 1e-4.</summary>
    public double ConvergenceTolerance { get; init; }

    /// <summary>The passes between two looks at the loss; null, the default, is as many as there are threads.</summary>
    public int? CheckFrequency { get; init; }

    /// <summary>The weight of rows that are true. Default 1.</summary>
    public float PositiveInstanceWeight { get; init; }

    /// <summary>Whether each pass takes the rows in another order. Default true.</summary>
    public bool Shuffle { get; init; }

    /// <summary>Threads at once; null, the default, is chosen by the machine. With more than one, two runs differ.</summary>
    public int? NumberOfThreads { get; init; }
}

/// <summary>Logistic regression of two classes by stochastic gradient descent.</summary>
public sealed record SgdCalibratedStep() : SgdStep(new SgdCalibratedTrainer.Options()), IBinaryTrainerStep;

/// <summary>Linear classification of two classes by stochastic gradient descent, whose scores are no probabilities.</summary>
public sealed record SgdNonCalibratedStep() : SgdStep(new SgdNonCalibratedTrainer.Options()), IBinaryTrainerStep
{
    /// <summary>What is minimised; null, the default, is the logistic loss.</summary>
    public ClassificationLossOptions? LossFunction { get; init; }
}
