namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A classifier of two classes, which <see cref="OneVersusAllStep" /> and <see cref="PairwiseCouplingStep" /> build upon.</summary>
public interface IBinaryTrainerStep;

/// <summary>The averaged perceptron (Freund and Schapire, 1999).</summary>
public sealed record AveragedPerceptronStep : TrainerStep, IBinaryTrainerStep
{
    /// <summary>The length of a step. Default 1.</summary>
    public float LearningRate { get; init; } = 1;

    /// <summary>Whether steps become shorter. Default false.</summary>
    public bool DecreaseLearningRate { get; init; }

    /// <summary>The weight of the L2 penalty. Default 0.</summary>
    public float L2Regularization { get; init; }

    /// <summary>The passes over the rows. Default 10.</summary>
    public int NumberOfIterations { get; init; } = 10;
}

/// <summary>The linear support vector machine, by PEGASOS (Shalev-Shwartz and others, 2007).</summary>
public sealed record LinearSvmStep : WeightedTrainerStep, IBinaryTrainerStep
{
    /// <summary>The passes over the rows. Default 1.</summary>
    public int NumberOfIterations { get; init; } = 1;
}

/// <summary>Logistic regression of two classes by stochastic gradient descent.</summary>
public sealed record SgdCalibratedStep : WeightedTrainerStep, IBinaryTrainerStep
{
    /// <summary>The passes over the rows. Default 20.</summary>
    public int NumberOfIterations { get; init; } = 20;

    /// <summary>The length of the first steps. Default 0.01.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>The weight of the L2 penalty. Default 1e-6.</summary>
    public float L2Regularization { get; init; } = 1e-6f;
}
