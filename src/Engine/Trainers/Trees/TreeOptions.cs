namespace Microsoft.ML.Trainers.FastTree;

/// <summary>How the values of a categorical feature would be put together.</summary>
public enum Bundle
{
    None = 0,
    AggregateLowPopulation = 1,
    Adjacent = 2,
}

/// <summary>
/// The settings that all trainers of trees share. Those that would change the trees and that this engine does not have
/// throw where they are set; those that only concern speed or what is written while training are taken and not used.
/// </summary>
public abstract class TreeOptions : TrainerInputBaseWithGroupId
{
    /// <summary>Null takes every processor. The result does not depend on it.</summary>
    public int? NumberOfThreads;

    /// <summary>Seeds the choice of rows.</summary>
    public int Seed = 123;

    /// <summary>Seeds the choice of features.</summary>
    public int FeatureSelectionSeed = 123;

    /// <summary>Not supported other than 0.</summary>
    public double EntropyCoefficient;

    /// <summary>Taken for ML.NET's sake: each leaf that may still be split keeps its histogram.</summary>
    public int HistogramPoolSize = -1;

    /// <summary>Taken for ML.NET's sake: the binned features are in memory.</summary>
    public bool? DiskTranspose;

    /// <summary>Taken for ML.NET's sake: features are binned one by one.</summary>
    public bool FeatureFlocks = true;

    /// <summary>Not supported other than false: categories are split as numbers.</summary>
    public bool CategoricalSplit;

    /// <summary>Of use with <see cref="CategoricalSplit"/> only.</summary>
    public int MaximumCategoricalGroupCountPerNode = 64;

    /// <summary>Of use with <see cref="CategoricalSplit"/> only.</summary>
    public int MaximumCategoricalSplitPointCount = 64;

    /// <summary>Of use with <see cref="CategoricalSplit"/> only.</summary>
    public double MinimumExampleFractionForCategoricalSplit = 0.001;

    /// <summary>Of use with <see cref="CategoricalSplit"/> only.</summary>
    public int MinimumExamplesForCategoricalSplit = 100;

    /// <summary>Of use with <see cref="CategoricalSplit"/> only.</summary>
    public double Bias;

    /// <summary>Of use with <see cref="CategoricalSplit"/> only.</summary>
    public Bundle Bundling;

    /// <summary>How many intervals the values of a feature are told apart by, at most.</summary>
    public int MaximumBinCountPerFeature = 255;

    /// <summary>Taken for ML.NET's sake: binned features are stored dense.</summary>
    public double SparsifyThreshold = 0.7;

    /// <summary>What the gain of a split by a feature is lowered by that no split of the ensemble is by yet.</summary>
    public double FeatureFirstUsePenalty;

    /// <summary>What the gain of a split by a feature is lowered by that a split of the ensemble is by already.</summary>
    public double FeatureReusePenalty;

    /// <summary>With which probability a split at random must gain less than a split that is taken; in [0, 1).</summary>
    public double GainConfidenceLevel;

    /// <summary>Above 0 the feature of a split is drawn, with odds that are the exponential of its gain over the temperature.</summary>
    public double SoftmaxTemperature;

    /// <summary>Taken for ML.NET's sake: nothing is written while training.</summary>
    public bool ExecutionTime;

    /// <summary>Taken for ML.NET's sake: nothing is written while training.</summary>
    public bool MemoryStatistics = true;

    /// <summary>The most leaves of a tree.</summary>
    public int NumberOfLeaves = 20;

    /// <summary>The fewest training rows in a leaf.</summary>
    public int MinimumExampleCountPerLeaf = 10;

    public int NumberOfTrees = 100;

    /// <summary>The share of the features, drawn anew for each tree, that it may split by.</summary>
    public double FeatureFraction = 1;

    /// <summary>For how many trees the rows drawn are kept; 0 takes all rows for every tree.</summary>
    public int BaggingSize;

    /// <summary>The share of the rows that is drawn.</summary>
    public double BaggingExampleFraction = 0.7;

    /// <summary>The share of the tree's features, drawn anew for each split, that it may be by.</summary>
    public double FeatureFractionPerSplit = 1;

    /// <summary>Not supported other than 0.</summary>
    public double Smoothing;

    /// <summary>Whether training goes on after a tree whose root cannot be split.</summary>
    public bool AllowEmptyTrees = true;

    /// <summary>Taken for ML.NET's sake: every tree is kept.</summary>
    public bool CompressEnsemble;

    /// <summary>Taken for ML.NET's sake: nothing is written while training.</summary>
    public int TestFrequency = int.MaxValue;

    public TreeOptions()
    {
    }

    /// <summary>Throws where a setting is out of its range, or is one that this engine does not have.</summary>
    internal virtual void Verify()
    {
        Check.Param(NumberOfLeaves >= 2, nameof(NumberOfLeaves), "Must be at least 2.");
        Check.Param(NumberOfTrees > 0, nameof(NumberOfTrees), "Must be positive.");
        Check.Param(MinimumExampleCountPerLeaf > 0, nameof(MinimumExampleCountPerLeaf), "Must be positive.");
        Check.Param(MaximumBinCountPerFeature is >= 2 and <= 1 << 16, nameof(MaximumBinCountPerFeature), "Must be between 2 and 65536.");
        Check.Param(NumberOfThreads is null or > 0, nameof(NumberOfThreads), "Must be positive.");
        Check.Param(BaggingSize >= 0, nameof(BaggingSize), "Must be non-negative.");
        VerifyShare(FeatureFraction, nameof(FeatureFraction));
        VerifyShare(FeatureFractionPerSplit, nameof(FeatureFractionPerSplit));
        VerifyShare(BaggingExampleFraction, nameof(BaggingExampleFraction));
        Check.Param(FeatureFirstUsePenalty >= 0, nameof(FeatureFirstUsePenalty), "Must be non-negative.");
        Check.Param(FeatureReusePenalty >= 0, nameof(FeatureReusePenalty), "Must be non-negative.");
        Check.Param(GainConfidenceLevel is >= 0 and < 1, nameof(GainConfidenceLevel), "Must be in [0, 1).");
        Check.Param(SoftmaxTemperature >= 0, nameof(SoftmaxTemperature), "Must be non-negative.");
        Unsupported(EntropyCoefficient != 0, nameof(EntropyCoefficient), "leave it at 0 and raise MinimumExampleCountPerLeaf for splits into more even parts");
        Unsupported(CategoricalSplit, nameof(CategoricalSplit), "leave it false: one-hot columns are split as numbers");
        Unsupported(Smoothing != 0, nameof(Smoothing), "leave it at 0 and lower NumberOfLeaves or raise MinimumExampleCountPerLeaf for smoother trees");
    }

    private protected static void VerifyShare(double value, string name) => Check.Param(value is > 0 and <= 1, name, "Must be in (0, 1].");

    private protected static void Unsupported(bool isSet, string name, string advice)
    {
        if (isSet)
            throw new NotSupportedException($"{name} is not supported by this engine: {advice}.");
    }
}
