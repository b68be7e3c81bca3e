using Microsoft.ML.Trainers;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A linear model that learns row by row and averages its weights.</summary>
public abstract record AveragedLinearStep : FeatureTrainerStep
{
    private protected AveragedLinearStep(object defaults)
        : base(defaults)
    {
    }

    /// <summary>The length of a step. Default 1 for the perceptron, 0.1 for gradient descent.</summary>
    public float LearningRate { get; init; }

    /// <summary>Whether steps become shorter. Default false for the perceptron, true for gradient descent.</summary>
    public bool DecreaseLearningRate { get; init; }

    /// <summary>The weight of the L2 penalty. Default 0.</summary>
    public float L2Regularization { get; init; }

    /// <summary>The passes over the rows. Default 10 for the perceptron, 1 for gradient descent.</summary>
    public int NumberOfIterations { get; init; }

    /// <summary>The rows after which the weights become their average; null, the default, is never.</summary>
    public long? ResetWeightsAfterXExamples { get; init; }

    /// <summary>Whether the average is only brought up to date where a weight changes. Default true.</summary>
    public bool LazyUpdate { get; init; }

    /// <summary>The extra weight of later rows in the average. Default 0.</summary>
    public float RecencyGain { get; init; }

    /// <summary>Whether that weight grows by a factor and not by a summand. Default false.</summary>
    public bool RecencyGainMultiplicative { get; init; }

    /// <summary>Whether the model is the average of the weights and not the last ones. Default true.</summary>
    public bool Averaged { get; init; }

    /// <summary>The range around 0 from which the first weights are drawn. Default 0.</summary>
    public float InitialWeightsDiameter { get; init; }

    /// <summary>Whether each pass takes the rows in another order. Default true.</summary>
    public bool Shuffle { get; init; }
}

/// <summary>The averaged perceptron (Freund and Schapire, 1999).</summary>
public sealed record AveragedPerceptronStep() : AveragedLinearStep(new AveragedPerceptronTrainer.Options()), IBinaryTrainerStep
{
    /// <summary>What is minimised; null, the default, is the logistic loss.</summary>
    public ClassificationLossOptions? LossFunction { get; init; }
}

/// <summary>Linear regression by gradient descent, row by row.</summary>
public sealed record OnlineGradientDescentStep() : AveragedLinearStep(new OnlineGradientDescentTrainer.Options())
{
    /// <summary>What is minimised; null, the default, is the square of the error.</summary>
    public RegressionLossOptions? LossFunction { get; init; }
}
