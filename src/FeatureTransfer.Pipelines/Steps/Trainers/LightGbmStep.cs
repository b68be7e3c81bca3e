using Microsoft.ML.Trainers.LightGbm;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Boosted decision trees by LightGBM, of several classes, of two, or for regression.</summary>
public sealed record LightGbmStep() : WeightedTrainerStep(new LightGbmBinaryTrainer.Options()), IBinaryTrainerStep
{
    /// <summary>The trees; of several classes, the trees a class. Default 100.</summary>
    public int NumberOfIterations { get; init; }

    /// <summary>How much of each tree counts; null, the default, is chosen by the data.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The most leaves of a tree; null, the default, is chosen by the data.</summary>
    public int? NumberOfLeaves { get; init; }

    /// <summary>The fewest rows of a leaf; null, the default, is chosen by the data.</summary>
    public int? MinimumExampleCountPerLeaf { get; init; }

    /// <summary>The most values of a feature that are told apart. Default 255.</summary>
    public int MaximumBinCountPerFeature { get; init; }

    /// <summary>How trees are boosted, with the penalties. Default gradient boosting.</summary>
    public BoosterOptions Booster { get; init; } = new GradientBoosterOptions();

    /// <summary>Whether classes of unlike size count alike, with classes. Default false.</summary>
    public bool UnbalancedSets { get; init; }

    /// <summary>The weight of rows that are true, with two classes. Default 1.</summary>
    public double WeightOfPositiveExamples { get; init; }

    /// <summary>The steepness of the sigmoid, with classes. Default 0.5.</summary>
    public double Sigmoid { get; init; }

    /// <summary>Whether several classes are learned together and not one against all others; null, the default, is chosen by the data.</summary>
    public bool? UseSoftmax { get; init; }

    /// <summary>Whether one split may take several categories together; null, the default, is chosen by the data.</summary>
    public bool? UseCategoricalSplit { get; init; }

    /// <summary>Whether missing values are told apart. Default true.</summary>
    public bool HandleMissingValue { get; init; }

    /// <summary>Whether 0 is a missing value. Default false.</summary>
    public bool UseZeroAsMissingValue { get; init; }

    /// <summary>The fewest rows of a group of categories. Default 100.</summary>
    public int MinimumExampleCountPerGroup { get; init; }

    /// <summary>The most categories that a split looks at. Default 32.</summary>
    public int MaximumCategoricalSplitPointCount { get; init; }

    /// <summary>How far categories with few rows are drawn to the mean. Default 10.</summary>
    public double CategoricalSmoothing { get; init; }

    /// <summary>The weight of the L2 penalty in splits by category. Default 10.</summary>
    public double L2CategoricalRegularization { get; init; }

    /// <summary>Threads at once; null, the default, is one a core.</summary>
    public int? NumberOfThreads { get; init; }

    /// <summary>Whether two runs give the same trees whatever the threads, if one of the two orders below is forced too. Default false.</summary>
    public bool Deterministic { get; init; }

    /// <summary>Whether histograms are built column by column. Default false.</summary>
    public bool ForceColumnWise { get; init; }

    /// <summary>Whether histograms are built row by row. Default false.</summary>
    public bool ForceRowWise { get; init; }
}
