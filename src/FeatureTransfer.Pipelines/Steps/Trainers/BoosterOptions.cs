using Microsoft.ML.Trainers.LightGbm;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>How <see cref="LightGbmStep" /> boosts trees, with ML.NET's names and defaults.</summary>
public abstract record BoosterOptions : IOptionPart
{
    private protected BoosterOptions(object defaults) => TrainerDefaults.Read(defaults, this);

    /// <summary>The least gain of a split. Default 0.</summary>
    public double MinimumSplitGain { get; init; }

    /// <summary>The most levels of a tree; 0, the default, is no bound.</summary>
    public int MaximumTreeDepth { get; init; }

    /// <summary>The least sum of second derivatives in a leaf. Default 0.1.</summary>
    public double MinimumChildWeight { get; init; }

    /// <summary>The trees after which rows are drawn anew; 0, the default, is all rows for all trees.</summary>
    public int SubsampleFrequency { get; init; }

    /// <summary>The share of the rows in such a draw. Default 1.</summary>
    public double SubsampleFraction { get; init; }

    /// <summary>The share of the features, drawn at random, that a tree sees. Default 1.</summary>
    public double FeatureFraction { get; init; }

    /// <summary>The weight of the L2 penalty. Default 0.01.</summary>
    public double L2Regularization { get; init; }

    /// <summary>The weight of the L1 penalty. Default 0.</summary>
    public double L1Regularization { get; init; }

    object IOptionPart.Create() => Create();

    internal abstract BoosterParameterBase.OptionsBase Create();
}

/// <summary>Gradient boosting.</summary>
public sealed record GradientBoosterOptions() : BoosterOptions(new GradientBooster.Options())
{
    internal override BoosterParameterBase.OptionsBase Create() => TrainerDefaults.Write(this, new GradientBooster.Options());
}

/// <summary>Boosting with dropout of trees (Vinayak and Gilad-Bachrach, 2015).</summary>
public sealed record DartBoosterOptions() : BoosterOptions(new DartBooster.Options())
{
    /// <summary>The share of the earlier trees left out when a tree learns. Default 0.1.</summary>
    public double TreeDropFraction { get; init; }

    /// <summary>The most trees left out at once. Default 1.</summary>
    public int MaximumNumberOfDroppedTreesPerRound { get; init; }

    /// <summary>The share of the rounds in which none is left out. Default 0.5.</summary>
    public double SkipDropFraction { get; init; }

    /// <summary>Whether trees are scaled as in XGBoost. Default false.</summary>
    public bool XgboostDartMode { get; init; }

    /// <summary>Whether all trees are as likely to be left out. Default false.</summary>
    public bool UniformDrop { get; init; }

    internal override BoosterParameterBase.OptionsBase Create() => TrainerDefaults.Write(this, new DartBooster.Options());
}

/// <summary>Boosting by the rows with large gradients and a draw of the others (Ke and others, 2017).</summary>
public sealed record GossBoosterOptions() : BoosterOptions(new GossBooster.Options())
{
    /// <summary>The share of the rows, those with the largest gradients, that always count. Default 0.2.</summary>
    public double TopRate { get; init; }

    /// <summary>The share drawn from the others. Default 0.1.</summary>
    public double OtherRate { get; init; }

    internal override BoosterParameterBase.OptionsBase Create() => TrainerDefaults.Write(this, new GossBooster.Options());
}
