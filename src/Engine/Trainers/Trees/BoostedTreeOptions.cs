namespace Microsoft.ML.Trainers.FastTree;

/// <summary>What is measured on the validation rows, to stop early.</summary>
public enum EarlyStoppingMetric
{
    /// <summary>The mean absolute error.</summary>
    L1Norm = 1,

    /// <summary>The root of the mean squared error.</summary>
    L2Norm = 2,
}

/// <summary>The settings of the trainers that add trees to correct those before.</summary>
public abstract class BoostedTreeOptions : TreeOptions
{
    /// <summary>Of use for ranking only.</summary>
    public bool BestStepRankingRegressionTrees;

    /// <summary>Not supported other than false.</summary>
    public bool UseLineSearch;

    /// <summary>Of use with <see cref="UseLineSearch"/> only.</summary>
    public int MaximumNumberOfLineSearchSteps;

    /// <summary>Of use with <see cref="UseLineSearch"/> only.</summary>
    public double MinimumStepSize;

    /// <summary>Not supported other than gradient descent.</summary>
    public OptimizationAlgorithmType OptimizationAlgorithm;

    /// <summary>Whether the trees after the one with the least validation error are cut off after training; it needs validation rows.</summary>
    public bool EnablePruning;

    /// <summary>Whether pruning looks at means over a window, and takes the fewest trees that are within the threshold of the best.</summary>
    public bool UseTolerantPruning;

    /// <summary>How far tolerant pruning may be above the least error.</summary>
    public double PruningThreshold = 0.004;

    /// <summary>Over how many trees tolerant pruning takes the mean of the errors.</summary>
    public int PruningWindowSize = 5;

    /// <summary>How much of what is still wrong each tree corrects.</summary>
    public double LearningRate = 0.2;

    /// <summary>Multiplies the learning rate.</summary>
    public double Shrinkage = 1;

    /// <summary>The probability of each tree before to be left out while the next one is grown; one at least is.</summary>
    public double DropoutRate;

    /// <summary>Not supported other than 1.</summary>
    public int GetDerivativesSampleRate = 1;

    /// <summary>Whether the trees after the best one are kept when training stops early.</summary>
    public bool WriteLastEnsemble;

    /// <summary>The largest value of a leaf.</summary>
    public double MaximumTreeOutput = 100;

    /// <summary>Not supported other than false.</summary>
    public bool RandomStart;

    /// <summary>Of use for ranking only.</summary>
    public bool FilterZeroLambdas;

    public BoostedTreeOptions()
    {
    }

    /// <summary>When to stop before all trees are grown; it needs validation rows.</summary>
    public EarlyStoppingRuleBase? EarlyStoppingRule { get; set; }

    internal override void Verify()
    {
        base.Verify();
        Check.Param(LearningRate > 0, nameof(LearningRate), "Must be positive.");
        Check.Param(Shrinkage > 0, nameof(Shrinkage), "Must be positive.");
        Check.Param(MaximumTreeOutput > 0, nameof(MaximumTreeOutput), "Must be positive.");
        Check.Param(DropoutRate is >= 0 and <= 1, nameof(DropoutRate), "Must be in [0, 1].");
        Check.Param(PruningThreshold >= 0, nameof(PruningThreshold), "Must be non-negative.");
        Check.Param(PruningWindowSize > 0, nameof(PruningWindowSize), "Must be positive.");
        Unsupported(UseLineSearch, nameof(UseLineSearch), "leave it false and lower LearningRate or Shrinkage for smaller steps");
        Unsupported(
            OptimizationAlgorithm != OptimizationAlgorithmType.GradientDescent, nameof(OptimizationAlgorithm),
            "leave it at GradientDescent and raise NumberOfTrees or LearningRate to go further");
        Unsupported(GetDerivativesSampleRate != 1, nameof(GetDerivativesSampleRate), "leave it at 1 and draw rows with BaggingSize and BaggingExampleFraction");
        Unsupported(RandomStart, nameof(RandomStart), "leave it false and change Seed with BaggingSize above 0 for other trees");
    }

    /// <summary>How the next tree is found.</summary>
    public enum OptimizationAlgorithmType
    {
        GradientDescent = 0,
        AcceleratedGradientDescent = 1,
        ConjugateGradientDescent = 2,
    }
}
