namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The options of the trainers by SDCA.</summary>
internal static class SdcaOptions
{
    private static readonly OptionalValueFormat<float> _penalty = new(StepOptions.Penalty);

    public static OptionSet<T> Of<T>(Func<T> create)
        where T : DualCoordinateAscentStep => StepOptions.WeightedTrainer(create)
        .Add("l2Regularization", _penalty, s => s.L2Regularization, (s, v) => s with { L2Regularization = v }, "The weight of the L2 penalty; null is chosen by the data")
        .Add("l1Regularization", _penalty, s => s.L1Regularization, (s, v) => s with { L1Regularization = v }, "The weight of the L1 penalty; null is chosen by the data")
        .Add("maximumNumberOfIterations", StepOptions.OptionalCount, s => s.MaximumNumberOfIterations, (s, v) => s with { MaximumNumberOfIterations = v }, "The most passes over the rows; null is chosen by the data")
        .Add("convergenceTolerance", StepOptions.Penalty, s => s.ConvergenceTolerance, (s, v) => s with { ConvergenceTolerance = v }, "The duality gap, as a share of the loss, at which training ends")
        .Add("convergenceCheckFrequency", new OptionalValueFormat<int>(new IntegerFormat(int.MinValue, int.MaxValue)), s => s.ConvergenceCheckFrequency, (s, v) => s with { ConvergenceCheckFrequency = v }, "The passes between two looks at the gap; 0 or less is never, null is chosen by the threads")
        .Add("shuffle", StepOptions.Boolean, s => s.Shuffle, (s, v) => s with { Shuffle = v }, StepOptions.ShuffleText)
        .Add("biasLearningRate", StepOptions.Penalty, s => s.BiasLearningRate, (s, v) => s with { BiasLearningRate = v }, "The learning rate of the bias")
        .Add("numberOfThreads", StepOptions.OptionalCount, s => s.NumberOfThreads, (s, v) => s with { NumberOfThreads = v }, StepOptions.RacingThreadsText);
}
