namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The options of the generalized additive model.</summary>
internal static class GamOptions
{
    public static OptionSet<GamStep> Set { get; } = StepOptions.WeightedTrainer(() => new GamStep())
        .Add("numberOfIterations", StepOptions.Count, s => s.NumberOfIterations, (s, v) => s with { NumberOfIterations = v }, "The passes over the features")
        .Add("learningRate", StepOptions.NotNegative, s => s.LearningRate, (s, v) => s with { LearningRate = v }, "How much of each pass counts")
        .Add("maximumBinCountPerFeature", new IntegerFormat(2, int.MaxValue), s => s.MaximumBinCountPerFeature, (s, v) => s with { MaximumBinCountPerFeature = v }, "The most values of a feature that are told apart")
        .Add("minimumExampleCountPerLeaf", StepOptions.Count, s => s.MinimumExampleCountPerLeaf, (s, v) => s with { MinimumExampleCountPerLeaf = v }, "The fewest rows of a piece of a curve")
        .Add("entropyCoefficient", new NumberFormat(0, 1), s => s.EntropyCoefficient, (s, v) => s with { EntropyCoefficient = v }, "The weight of the entropy in what a split gains")
        .Add("gainConfidenceLevel", new IntegerFormat(0, 99), s => s.GainConfidenceLevel, (s, v) => s with { GainConfidenceLevel = v }, "How sure a split's gain must be, in percent")
        .Add("maximumTreeOutput", new OptionalValueFormat<double>(StepOptions.NotNegative), s => s.MaximumTreeOutput, (s, v) => s with { MaximumTreeOutput = v }, "The largest value of a piece of a curve; null is no bound")
        .Add("getDerivativesSampleRate", StepOptions.Count, s => s.GetDerivativesSampleRate, (s, v) => s with { GetDerivativesSampleRate = v }, "One row in so many is looked at for gradients")
        .Add("unbalancedSets", StepOptions.Boolean, s => s.UnbalancedSets, (s, v) => s with { UnbalancedSets = v }, "Whether gradients are made for classes of unlike size; with two classes")
        .Add("numberOfThreads", StepOptions.OptionalCount, s => s.NumberOfThreads, (s, v) => s with { NumberOfThreads = v }, StepOptions.ThreadsText);
}
