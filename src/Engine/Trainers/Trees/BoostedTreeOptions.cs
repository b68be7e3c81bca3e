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

    /// <summary>Not supported other than false: see <see cref="EarlyStoppingRule"/>.</summary>
    public bool EnablePruning;

    /// <summary>Of use with <see cref="EnablePruning"/> only.</summary>
    public bool UseTolerantPruning;

    /// <summary>Of use with <see cref="EnablePruning"/> only.</summary>
    public double PruningThreshold = 0.004;

    /// <summary>Of use with <see cref="EnablePruning"/> only.</summary>
    public int PruningWindowSize = 5;

    /// <summary>How much of what is still wrong each tree corrects.</summary>
    public double LearningRate = 0.2;

    /// <summary>Multiplies the learning rate.</summary>
    public double Shrinkage = 1;

    /// <summary>Not supported other than 0.</summary>
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
        Unsupported(UseLineSearch, nameof(UseLineSearch));
        Unsupported(OptimizationAlgorithm != OptimizationAlgorithmType.GradientDescent, nameof(OptimizationAlgorithm));
        Unsupported(EnablePruning, nameof(EnablePruning));
        Unsupported(DropoutRate != 0, nameof(DropoutRate));
        Unsupported(GetDerivativesSampleRate != 1, nameof(GetDerivativesSampleRate));
        Unsupported(RandomStart, nameof(RandomStart));
    }

    /// <summary>How the next tree is found.</summary>
    public enum OptimizationAlgorithmType
    {
        GradientDescent = 0,
        AcceleratedGradientDescent = 1,
        ConjugateGradientDescent = 2,
    }
}
