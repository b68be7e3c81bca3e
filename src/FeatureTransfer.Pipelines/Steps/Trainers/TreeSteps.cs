using Microsoft.ML.Trainers.FastTree;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Decision trees.</summary>
public abstract record TreeStep : WeightedTrainerStep
{
    private protected TreeStep(TreeOptions defaults)
        : base(defaults)
    {
    }

    /// <summary>The trees. Default 100.</summary>
    public int NumberOfTrees { get; init; }

    /// <summary>The most leaves of a tree. Default 20.</summary>
    public int NumberOfLeaves { get; init; }

    /// <summary>The fewest rows of a leaf. Default 10.</summary>
    public int MinimumExampleCountPerLeaf { get; init; }

    /// <summary>The most values of a feature that are told apart. Default 255.</summary>
    public int MaximumBinCountPerFeature { get; init; }

    /// <summary>The share of the features, drawn at random, that a tree sees. Default 1, in forests 0.7.</summary>
    public double FeatureFraction { get; init; }

    /// <summary>The share of these that a split sees. Default 1, in forests 0.7.</summary>
    public double FeatureFractionPerSplit { get; init; }

    /// <summary>The trees that learn from one draw of rows; 0 is all rows for all trees. Default 0, in forests 1.</summary>
    public int BaggingSize { get; init; }

    /// <summary>The share of the rows in such a draw. Default 0.7.</summary>
    public double BaggingExampleFraction { get; init; }

    /// <summary>The weight of the entropy in what a split gains, from 0 to 1. Default 0.</summary>
    public double EntropyCoefficient { get; init; }

    /// <summary>What the first split by a feature costs. Default 0.</summary>
    public double FeatureFirstUsePenalty { get; init; }

    /// <summary>What each further split by it costs. Default 0.</summary>
    public double FeatureReusePenalty { get; init; }

    /// <summary>How sure a split's gain must be, from 0 to below 1. Default 0.</summary>
    public double GainConfidenceLevel { get; init; }

    /// <summary>The temperature at which features are drawn by their gain; 0 takes the best. Default 0.</summary>
    public double SoftmaxTemperature { get; init; }

    /// <summary>How far leaves are drawn to their parents, from 0 to 1. Default 0.</summary>
    public double Smoothing { get; init; }

    /// <summary>Whether training goes on where no first split can be found. Default true.</summary>
    public bool AllowEmptyTrees { get; init; }

    /// <summary>Whether trees that add little are left out at the end. Default false.</summary>
    public bool CompressEnsemble { get; init; }

    /// <summary>Whether one split may take several categories together. Default false.</summary>
    public bool CategoricalSplit { get; init; }

    /// <summary>The most groups of categories that such a split looks at. Default 64.</summary>
    public int MaximumCategoricalGroupCountPerNode { get; init; }

    /// <summary>The most categories that such a split looks at. Default 64.</summary>
    public int MaximumCategoricalSplitPointCount { get; init; }

    /// <summary>The smallest share of the rows that a category needs to be looked at. Default 0.001.</summary>
    public double MinimumExampleFractionForCategoricalSplit { get; init; }

    /// <summary>The fewest rows that a category needs to be looked at. Default 100.</summary>
    public int MinimumExamplesForCategoricalSplit { get; init; }

    /// <summary>What is added to each category's gradient. Default 0.</summary>
    public double Bias { get; init; }

    /// <summary>How values that few rows have are put together. Default none.</summary>
    public Microsoft.ML.Trainers.FastTree.Bundle Bundling { get; init; }

    /// <summary>Threads at once; null, the default, is one a core.</summary>
    public int? NumberOfThreads { get; init; }
}

/// <summary>Decision trees, each of which learns what those before it left.</summary>
public abstract record BoostedTreeStep : TreeStep
{
    private protected BoostedTreeStep(BoostedTreeOptions defaults)
        : base(defaults)
    {
    }

    /// <summary>How much of each tree counts. Default 0.2.</summary>
    public double LearningRate { get; init; }

    /// <summary>A factor on the learning rate. Default 1.</summary>
    public double Shrinkage { get; init; }

    /// <summary>The share of the earlier trees left out when a tree learns. Default 0.</summary>
    public double DropoutRate { get; init; }

    /// <summary>The largest value of a leaf. Default 100.</summary>
    public double MaximumTreeOutput { get; init; }

    /// <summary>One row in so many is looked at for gradients. Default 1.</summary>
    public int GetDerivativesSampleRate { get; init; }

    /// <summary>Whether training starts from a random order. Default false.</summary>
    public bool RandomStart { get; init; }

    /// <summary>How gradients become steps. Default gradient descent.</summary>
    public BoostedTreeOptions.OptimizationAlgorithmType OptimizationAlgorithm { get; init; }

    /// <summary>Whether each step is as long as is best for its tree. Default false.</summary>
    public bool BestStepRankingRegressionTrees { get; init; }

    /// <summary>Whether the length of a step is searched for. Default false.</summary>
    public bool UseLineSearch { get; init; }

    /// <summary>The most steps of that search. Default 0.</summary>
    public int MaximumNumberOfLineSearchSteps { get; init; }

    /// <summary>The least length that it gives. Default 0.</summary>
    public double MinimumStepSize { get; init; }
}

/// <summary>Boosted decision trees (MART), of two classes or for regression.</summary>
public sealed record FastTreeStep() : BoostedTreeStep(new FastTreeBinaryTrainer.Options()), IBinaryTrainerStep
{
    /// <summary>Whether gradients are made for classes of unlike size, with two classes. Default false.</summary>
    public bool UnbalancedSets { get; init; }
}

/// <summary>Boosted decision trees for amounts that are often 0, by the Tweedie distribution.</summary>
public sealed record FastTreeTweedieStep() : BoostedTreeStep(new FastTreeTweedieTrainer.Options())
{
    /// <summary>The distribution's index, from 1, Poisson, to 2, gamma. Default 1.5.</summary>
    public double Index { get; init; }
}

/// <summary>A random forest, of two classes or for regression.</summary>
public sealed record FastForestStep() : TreeStep(new FastForestBinaryTrainer.Options()), IBinaryTrainerStep
{
    /// <summary>The largest value of a leaf, with two classes. Default 100.</summary>
    public double MaximumOutputMagnitudePerTree { get; init; }

    /// <summary>Whether each tree has the labels in another order, for regression. Default false.</summary>
    public bool ShuffleLabels { get; init; }
}
