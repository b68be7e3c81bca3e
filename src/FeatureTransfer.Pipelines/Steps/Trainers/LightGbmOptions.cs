namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The options of LightGBM.</summary>
internal static class LightGbmOptions
{
    private static readonly OptionalValueFormat<bool> _perhaps = new(StepOptions.Boolean);

    public static OptionSet<LightGbmStep> Set { get; } = Categories(StepOptions.WeightedTrainer(() => new LightGbmStep())
        .Add("numberOfIterations", StepOptions.Count, s => s.NumberOfIterations, (s, v) => s with { NumberOfIterations = v }, "The trees; of several classes, the trees a class")
        .Add("learningRate", new OptionalValueFormat<double>(new NumberFormat(0, 1)), s => s.LearningRate, (s, v) => s with { LearningRate = v }, "How much of each tree counts; null is chosen by the data")
        .Add("numberOfLeaves", new OptionalValueFormat<int>(new IntegerFormat(2, int.MaxValue)), s => s.NumberOfLeaves, (s, v) => s with { NumberOfLeaves = v }, "The most leaves of a tree; null is chosen by the data")
        .Add("minimumExampleCountPerLeaf", StepOptions.OptionalCount, s => s.MinimumExampleCountPerLeaf, (s, v) => s with { MinimumExampleCountPerLeaf = v }, "The fewest rows of a leaf; null is chosen by the data")
        .Add("maximumBinCountPerFeature", new IntegerFormat(2, int.MaxValue), s => s.MaximumBinCountPerFeature, (s, v) => s with { MaximumBinCountPerFeature = v }, "The most values of a feature that are told apart")
        .Add("booster", BoosterFormat.Instance, s => s.Booster, (s, v) => s with { Booster = v }, "How trees are boosted: ML.NET's class by its name, with its options, such as l2Regularization, featureFraction and maximumTreeDepth")
        .Add("unbalancedSets", StepOptions.Boolean, s => s.UnbalancedSets, (s, v) => s with { UnbalancedSets = v }, "Whether classes of unlike size count alike; not for regression")
        .Add("weightOfPositiveExamples", StepOptions.NotNegative, s => s.WeightOfPositiveExamples, (s, v) => s with { WeightOfPositiveExamples = v }, StepOptions.PositiveText + "; with two classes")
        .Add("sigmoid", StepOptions.NotNegative, s => s.Sigmoid, (s, v) => s with { Sigmoid = v }, "The steepness of the sigmoid; not for regression")
        .Add("useSoftmax", _perhaps, s => s.UseSoftmax, (s, v) => s with { UseSoftmax = v }, "Whether several classes are learned together and not one against all others; null is chosen by the data; with several classes"))
        .Add("handleMissingValue", StepOptions.Boolean, s => s.HandleMissingValue, (s, v) => s with { HandleMissingValue = v }, "Whether missing values are told apart")
        .Add("useZeroAsMissingValue", StepOptions.Boolean, s => s.UseZeroAsMissingValue, (s, v) => s with { UseZeroAsMissingValue = v }, "Whether 0 is a missing value")
        .Add("numberOfThreads", StepOptions.OptionalCount, s => s.NumberOfThreads, (s, v) => s with { NumberOfThreads = v }, "Threads at once; null is one a core. With more than one, two runs may differ in the last digits unless deterministic is true")
        .Add("deterministic", StepOptions.Boolean, s => s.Deterministic, (s, v) => s with { Deterministic = v }, "Whether two runs give the same trees whatever the threads; one of forceColumnWise and forceRowWise must be true too")
        .Add("forceColumnWise", StepOptions.Boolean, s => s.ForceColumnWise, (s, v) => s with { ForceColumnWise = v }, "Whether histograms are built column by column")
        .Add("forceRowWise", StepOptions.Boolean, s => s.ForceRowWise, (s, v) => s with { ForceRowWise = v }, "Whether histograms are built row by row");

    private static OptionSet<LightGbmStep> Categories(OptionSet<LightGbmStep> options) => options
        .Add("useCategoricalSplit", _perhaps, s => s.UseCategoricalSplit, (s, v) => s with { UseCategoricalSplit = v }, "Whether one split may take several categories together; null is chosen by the data")
        .Add("minimumExampleCountPerGroup", StepOptions.Count, s => s.MinimumExampleCountPerGroup, (s, v) => s with { MinimumExampleCountPerGroup = v }, "The fewest rows of a group of categories")
        .Add("maximumCategoricalSplitPointCount", StepOptions.Count, s => s.MaximumCategoricalSplitPointCount, (s, v) => s with { MaximumCategoricalSplitPointCount = v }, "The most categories that a split looks at")
        .Add("categoricalSmoothing", StepOptions.NotNegative, s => s.CategoricalSmoothing, (s, v) => s with { CategoricalSmoothing = v }, "How far categories with few rows are drawn to the mean")
        .Add("l2CategoricalRegularization", StepOptions.NotNegative, s => s.L2CategoricalRegularization, (s, v) => s with { L2CategoricalRegularization = v }, "The weight of the L2 penalty in splits by category");
}
