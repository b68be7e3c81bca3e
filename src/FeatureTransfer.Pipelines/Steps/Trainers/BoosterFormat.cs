namespace FeatureTransfer.Pipelines.Steps;

/// <summary>How LightGBM boosts trees, in JSON: the type is the name of ML.NET's class.</summary>
internal static class BoosterFormat
{
    private static readonly NumberFormat _share = new(0, 1);

    public static UnionFormat<BoosterOptions> Instance { get; } = new("booster",
    [
        new UnionCase<BoosterOptions, GradientBoosterOptions>("GradientBooster", "Gradient boosting", Shared(() => new GradientBoosterOptions())),
        new UnionCase<BoosterOptions, DartBoosterOptions>("DartBooster", "Boosting with dropout of trees", Shared(() => new DartBoosterOptions())
            .Add("treeDropFraction", _share, b => b.TreeDropFraction, (b, v) => b with { TreeDropFraction = v }, "The share of the earlier trees left out when a tree learns")
            .Add("maximumNumberOfDroppedTreesPerRound", StepOptions.Count, b => b.MaximumNumberOfDroppedTreesPerRound, (b, v) => b with { MaximumNumberOfDroppedTreesPerRound = v }, "The most trees left out at once")
            .Add("skipDropFraction", _share, b => b.SkipDropFraction, (b, v) => b with { SkipDropFraction = v }, "The share of the rounds in which none is left out")
            .Add("xgboostDartMode", StepOptions.Boolean, b => b.XgboostDartMode, (b, v) => b with { XgboostDartMode = v }, "Whether trees are scaled as in XGBoost")
            .Add("uniformDrop", StepOptions.Boolean, b => b.UniformDrop, (b, v) => b with { UniformDrop = v }, "Whether all trees are as likely to be left out")),
        new UnionCase<BoosterOptions, GossBoosterOptions>("GossBooster", "Boosting by the rows with large gradients and a draw of the others", Shared(() => new GossBoosterOptions())
            .Add("topRate", _share, b => b.TopRate, (b, v) => b with { TopRate = v }, "The share of the rows, those with the largest gradients, that always count")
            .Add("otherRate", _share, b => b.OtherRate, (b, v) => b with { OtherRate = v }, "The share drawn from the others")),
    ]);

    private static OptionSet<T> Shared<T>(Func<T> create)
        where T : BoosterOptions => new OptionSet<T>(create)
        .Add("minimumSplitGain", StepOptions.NotNegative, b => b.MinimumSplitGain, (b, v) => b with { MinimumSplitGain = v }, "The least gain of a split")
        .Add("maximumTreeDepth", StepOptions.NoneOrMore, b => b.MaximumTreeDepth, (b, v) => b with { MaximumTreeDepth = v }, "The most levels of a tree; 0 is no bound")
        .Add("minimumChildWeight", StepOptions.NotNegative, b => b.MinimumChildWeight, (b, v) => b with { MinimumChildWeight = v }, "The least sum of second derivatives in a leaf")
        .Add("subsampleFrequency", StepOptions.NoneOrMore, b => b.SubsampleFrequency, (b, v) => b with { SubsampleFrequency = v }, "The trees after which rows are drawn anew; 0 is all rows for all trees")
        .Add("subsampleFraction", _share, b => b.SubsampleFraction, (b, v) => b with { SubsampleFraction = v }, "The share of the rows in such a draw")
        .Add("featureFraction", _share, b => b.FeatureFraction, (b, v) => b with { FeatureFraction = v }, "The share of the features, drawn at random, that a tree sees")
        .Add("l2Regularization", StepOptions.NotNegative, b => b.L2Regularization, (b, v) => b with { L2Regularization = v }, "The weight of the L2 penalty")
        .Add("l1Regularization", StepOptions.NotNegative, b => b.L1Regularization, (b, v) => b with { L1Regularization = v }, "The weight of the L1 penalty");
}
