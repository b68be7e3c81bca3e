using Microsoft.ML.Trainers.FastTree;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The options of decision trees.</summary>
internal static class TreeOptionSets
{
    private static readonly NumberFormat _share = new(0, 1);
    private static readonly IntegerFormat _leaves = new(2, int.MaxValue);

    public static OptionSet<T> Trees<T>(Func<T> create)
        where T : TreeStep => Categories(StepOptions.WeightedTrainer(create)
        .Add("numberOfTrees", StepOptions.Count, s => s.NumberOfTrees, (s, v) => s with { NumberOfTrees = v }, "The trees")
        .Add("numberOfLeaves", _leaves, s => s.NumberOfLeaves, (s, v) => s with { NumberOfLeaves = v }, "The most leaves of a tree")
        .Add("minimumExampleCountPerLeaf", StepOptions.Count, s => s.MinimumExampleCountPerLeaf, (s, v) => s with { MinimumExampleCountPerLeaf = v }, "The fewest rows of a leaf")
        .Add("maximumBinCountPerFeature", _leaves, s => s.MaximumBinCountPerFeature, (s, v) => s with { MaximumBinCountPerFeature = v }, "The most values of a feature that are told apart")
        .Add("featureFraction", _share, s => s.FeatureFraction, (s, v) => s with { FeatureFraction = v }, "The share of the features, drawn at random, that a tree sees")
        .Add("featureFractionPerSplit", _share, s => s.FeatureFractionPerSplit, (s, v) => s with { FeatureFractionPerSplit = v }, "The share of these that a split sees")
        .Add("baggingSize", StepOptions.NoneOrMore, s => s.BaggingSize, (s, v) => s with { BaggingSize = v }, "The trees that learn from one draw of rows; 0 is all rows for all trees")
        .Add("baggingExampleFraction", _share, s => s.BaggingExampleFraction, (s, v) => s with { BaggingExampleFraction = v }, "The share of the rows in such a draw")
        .Add("entropyCoefficient", _share, s => s.EntropyCoefficient, (s, v) => s with { EntropyCoefficient = v }, "The weight of the entropy in what a split gains")
        .Add("featureFirstUsePenalty", StepOptions.NotNegative, s => s.FeatureFirstUsePenalty, (s, v) => s with { FeatureFirstUsePenalty = v }, "What the first split by a feature costs")
        .Add("featureReusePenalty", StepOptions.NotNegative, s => s.FeatureReusePenalty, (s, v) => s with { FeatureReusePenalty = v }, "What each further split by it costs")
        .Add("gainConfidenceLevel", new NumberFormat(0, 1, maximumExcluded: true), s => s.GainConfidenceLevel, (s, v) => s with { GainConfidenceLevel = v }, "How sure a split's gain must be")
        .Add("softmaxTemperature", StepOptions.NotNegative, s => s.SoftmaxTemperature, (s, v) => s with { SoftmaxTemperature = v }, "The temperature at which features are drawn by their gain; 0 takes the best")
        .Add("smoothing", _share, s => s.Smoothing, (s, v) => s with { Smoothing = v }, "How far leaves are drawn to their parents")
        .Add("allowEmptyTrees", StepOptions.Boolean, s => s.AllowEmptyTrees, (s, v) => s with { AllowEmptyTrees = v }, "Whether training goes on where no first split can be found")
        .Add("compressEnsemble", StepOptions.Boolean, s => s.CompressEnsemble, (s, v) => s with { CompressEnsemble = v }, "Whether trees that add little are left out at the end")
        .Add("numberOfThreads", StepOptions.OptionalCount, s => s.NumberOfThreads, (s, v) => s with { NumberOfThreads = v }, StepOptions.ThreadsText));

    public static OptionSet<T> Boosted<T>(Func<T> create)
        where T : BoostedTreeStep => Trees(create)
        .Add("learningRate", StepOptions.NotNegative, s => s.LearningRate, (s, v) => s with { LearningRate = v }, "How much of each tree counts")
        .Add("shrinkage", StepOptions.NotNegative, s => s.Shrinkage, (s, v) => s with { Shrinkage = v }, "A factor on the learning rate")
        .Add("dropoutRate", _share, s => s.DropoutRate, (s, v) => s with { DropoutRate = v }, "The share of the earlier trees left out when a tree learns")
        .Add("maximumTreeOutput", StepOptions.NotNegative, s => s.MaximumTreeOutput, (s, v) => s with { MaximumTreeOutput = v }, "The largest value of a leaf")
        .Add("getDerivativesSampleRate", StepOptions.Count, s => s.GetDerivativesSampleRate, (s, v) => s with { GetDerivativesSampleRate = v }, "One row in so many is looked at for gradients")
        .Add("randomStart", StepOptions.Boolean, s => s.RandomStart, (s, v) => s with { RandomStart = v }, "Whether training starts from a random order")
        .Add("optimizationAlgorithm", new EnumFormat<BoostedTreeOptions.OptimizationAlgorithmType>(), s => s.OptimizationAlgorithm, (s, v) => s with { OptimizationAlgorithm = v }, "How gradients become steps")
        .Add("bestStepRankingRegressionTrees", StepOptions.Boolean, s => s.BestStepRankingRegressionTrees, (s, v) => s with { BestStepRankingRegressionTrees = v }, "Whether each step is as long as is best for its tree")
        .Add("useLineSearch", StepOptions.Boolean, s => s.UseLineSearch, (s, v) => s with { UseLineSearch = v }, "Whether the length of a step is searched for")
        .Add("maximumNumberOfLineSearchSteps", StepOptions.NoneOrMore, s => s.MaximumNumberOfLineSearchSteps, (s, v) => s with { MaximumNumberOfLineSearchSteps = v }, "The most steps of that search")
        .Add("minimumStepSize", StepOptions.NotNegative, s => s.MinimumStepSize, (s, v) => s with { MinimumStepSize = v }, "The least length that it gives");

    private static OptionSet<T> Categories<T>(OptionSet<T> options)
        where T : TreeStep => options
        .Add("categoricalSplit", StepOptions.Boolean, s => s.CategoricalSplit, (s, v) => s with { CategoricalSplit = v }, "Whether one split may take several categories together")
        .Add("maximumCategoricalGroupCountPerNode", StepOptions.Count, s => s.MaximumCategoricalGroupCountPerNode, (s, v) => s with { MaximumCategoricalGroupCountPerNode = v }, "The most groups of categories that such a split looks at")
        .Add("maximumCategoricalSplitPointCount", StepOptions.Count, s => s.MaximumCategoricalSplitPointCount, (s, v) => s with { MaximumCategoricalSplitPointCount = v }, "The most categories that such a split looks at")
        .Add("minimumExampleFractionForCategoricalSplit", _share, s => s.MinimumExampleFractionForCategoricalSplit, (s, v) => s with { MinimumExampleFractionForCategoricalSplit = v }, "The smallest share of the rows that a category needs to be looked at")
        .Add("minimumExamplesForCategoricalSplit", StepOptions.Count, s => s.MinimumExamplesForCategoricalSplit, (s, v) => s with { MinimumExamplesForCategoricalSplit = v }, "The fewest rows that a category needs to be looked at")
        .Add("bias", StepOptions.NotNegative, s => s.Bias, (s, v) => s with { Bias = v }, "What is added to each category's gradient")
        .Add("bundling", new EnumFormat<Microsoft.ML.Trainers.FastTree.Bundle>(), s => s.Bundling, (s, v) => s with { Bundling = v }, "How values that few rows have are put together");
}
