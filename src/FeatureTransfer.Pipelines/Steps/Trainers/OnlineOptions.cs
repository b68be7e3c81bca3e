namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The options of the trainers that learn row by row and average their weights.</summary>
internal static class OnlineOptions
{
    private static readonly OptionalValueFormat<long> _rows = new(StepOptions.LongCount);

    public static OptionSet<T> Of<T>(Func<T> create)
        where T : AveragedLinearStep => StepOptions.Trainer(create)
        .Add("learningRate", StepOptions.Penalty, s => s.LearningRate, (s, v) => s with { LearningRate = v }, "The length of a step")
        .Add("decreaseLearningRate", StepOptions.Boolean, s => s.DecreaseLearningRate, (s, v) => s with { DecreaseLearningRate = v }, "Whether steps become shorter")
        .Add("l2Regularization", StepOptions.Penalty, s => s.L2Regularization, (s, v) => s with { L2Regularization = v }, "The weight of the L2 penalty")
        .Add("numberOfIterations", StepOptions.Count, s => s.NumberOfIterations, (s, v) => s with { NumberOfIterations = v }, StepOptions.PassesText)
        .Add("resetWeightsAfterXExamples", _rows, s => s.ResetWeightsAfterXExamples, (s, v) => s with { ResetWeightsAfterXExamples = v }, "The rows after which the weights become their average; null is never")
        .Add("lazyUpdate", StepOptions.Boolean, s => s.LazyUpdate, (s, v) => s with { LazyUpdate = v }, "Whether the average is only brought up to date where a weight changes")
        .Add("recencyGain", StepOptions.Penalty, s => s.RecencyGain, (s, v) => s with { RecencyGain = v }, "The extra weight of later rows in the average")
        .Add("recencyGainMultiplicative", StepOptions.Boolean, s => s.RecencyGainMultiplicative, (s, v) => s with { RecencyGainMultiplicative = v }, "Whether that weight grows by a factor and not by a summand")
        .Add("averaged", StepOptions.Boolean, s => s.Averaged, (s, v) => s with { Averaged = v }, "Whether the model is the average of the weights and not the last ones")
        .Add("initialWeightsDiameter", StepOptions.Penalty, s => s.InitialWeightsDiameter, (s, v) => s with { InitialWeightsDiameter = v }, StepOptions.DiameterText)
        .Add("shuffle", StepOptions.Boolean, s => s.Shuffle, (s, v) => s with { Shuffle = v }, StepOptions.ShuffleText);
}
