using Microsoft.ML.Trainers.FastTree;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A generalized additive model, one curve a feature, of two classes or for regression.</summary>
public sealed record GamStep() : WeightedTrainerStep(new GamBinaryTrainer.Options()), IBinaryTrainerStep
{
    /// <summary>The passes over the features. Default 9,500.</summary>
    public int NumberOfIterations { get; init; }

    /// <summary>How much of each pass counts. Default 0.002.</summary>
    public double LearningRate { get; init; }

    /// <summary>The most values of a feature that are told apart. Default 255.</summary>
    public int MaximumBinCountPerFeature { get; init; }

    /// <summary>The fewest rows of a piece of a curve. Default 10.</summary>
    public int MinimumExampleCountPerLeaf { get; init; }

    /// <summary>The weight of the entropy in what a split gains, from 0 to 1. Default 0.</summary>
    public double EntropyCoefficient { get; init; }

    /// <summary>How sure a split's gain must be, in percent, from 0 to 99. Default 0.</summary>
    public int GainConfidenceLevel { get; init; }

    /// <summary>The largest value of a piece of a curve; null, the default, is no bound.</summary>
    public double? MaximumTreeOutput { get; init; }

    /// <summary>One row in so many is looked at for gradients. Default 1.</summary>
    public int GetDerivativesSampleRate { get; init; }

    /// <summary>Whether gradients are made for classes of unlike size, with two classes. Default false.</summary>
    public bool UnbalancedSets { get; init; }

    /// <summary>Threads at once; null, the default, is one a core.</summary>
    public int? NumberOfThreads { get; init; }
}
