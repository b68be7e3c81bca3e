namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The options of the trainers by stochastic gradient descent.</summary>
internal static class SgdOptions
{
    public static OptionSet<T> Of<T>(Func<T> create)
        where T : SgdStep => StepOptions.WeightedTrainer(create)
        .Add("numberOfIterations", StepOptions.Count, s => s.NumberOfIterations, (s, v) => s with { NumberOfIterations = v }, StepOptions.PassesText)
        .Add("learningRate", StepOptions.NotNegative, s => s.LearningRate, (s, v) => s with { LearningRate = v }, "The length of the first steps")
        .Add("l2Regularization", StepOptions.Penalty, s => s.L2Regularization, (s, v) => s with { L2Regularization = v }, "The weight of the L2 penalty")
        .Add("convergenceTolerance", StepOptions.NotNegative, s => s.ConvergenceTolerance, (s, v) => s with { ConvergenceTolerance = v }, "The change of the loss at which training ends")
        .Add("checkFrequency", StepOptions.OptionalCount, s => s.CheckFrequency, (s, v) => s with { CheckFrequency = v }, "The passes between two looks at the loss; null is as many as there are threads")
        .Add("positiveInstanceWeight", StepOptions.Penalty, s => s.PositiveInstanceWeight, (s, v) => s with { PositiveInstanceWeight = v }, StepOptions.PositiveText)
        .Add("shuffle", StepOptions.Boolean, s => s.Shuffle, (s, v) => s with { Shuffle = v }, StepOptions.ShuffleText)
        .Add("numberOfThreads", StepOptions.OptionalCount, s => s.NumberOfThreads, (s, v) => s with { NumberOfThreads = v }, StepOptions.RacingThreadsText);
}
