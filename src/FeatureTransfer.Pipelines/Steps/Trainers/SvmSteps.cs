using Microsoft.ML.Trainers;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The linear support vector machine, by PEGASOS (Shalev-Shwartz and others, 2007).</summary>
public sealed record LinearSvmStep() : WeightedTrainerStep(new LinearSvmTrainer.Options()), IBinaryTrainerStep
{
    /// <summary>The passes over the rows. Default 1.</summary>
    public int NumberOfIterations { get; init; }

    /// <summary>The weight of the penalty. Default 0.001.</summary>
    public float Lambda { get; init; }

    /// <summary>The rows of a step. Default 1.</summary>
    public int BatchSize { get; init; }

    /// <summary>Whether the weights are projected onto the ball in which the best ones lie. Default false.</summary>
    public bool PerformProjection { get; init; }

    /// <summary>Whether there is no bias. Default false.</summary>
    public bool NoBias { get; init; }

    /// <summary>The range around 0 from which the first weights are drawn. Default 0.</summary>
    public float InitialWeightsDiameter { get; init; }

    /// <summary>Whether each pass takes the rows in another order. Default true.</summary>
    public bool Shuffle { get; init; }
}

/// <summary>The locally deep support vector machine, a tree of linear ones (Jose and others, 2013).</summary>
public sealed record LdSvmStep() : WeightedTrainerStep(new LdSvmTrainer.Options()), IBinaryTrainerStep
{
    /// <summary>The steps. Default 15,000.</summary>
    public int NumberOfIterations { get; init; }

    /// <summary>The depth of the tree. Default 3.</summary>
    public int TreeDepth { get; init; }

    /// <summary>The weight of the penalty on the classifiers. Default 0.1.</summary>
    public float LambdaW { get; init; }

    /// <summary>The weight of the penalty on the tree's splits. Default 0.01.</summary>
    public float LambdaTheta { get; init; }

    /// <summary>The weight of the penalty on the classifiers' gates. Default 0.01.</summary>
    public float LambdaThetaprime { get; init; }

    /// <summary>How sharp the gates are. Default 1.</summary>
    public float Sigma { get; init; }

    /// <summary>Whether there is a bias. Default true.</summary>
    public bool UseBias { get; init; }

    /// <summary>Whether the rows are held in memory. Default true.</summary>
    public bool Cache { get; init; }
}
