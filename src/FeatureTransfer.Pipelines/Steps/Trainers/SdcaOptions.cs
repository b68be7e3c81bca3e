using FeatureTransfer.Pipelines.Binding;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The options of the trainers by SDCA.</summary>
internal static class SdcaOptions
{
    private static readonly OptionalValueFormat<float> _penalty = new(StepOptions.Penalty);

    public static OptionSet<T> Of<T>(Func<T> create)
        where T : SdcaStep => StepOptions.WeightedTrainer(create)
        .Add("l2Regularization", _penalty, s => s.L2Regularization, (s, v) => s with { L2Regularization = v }, "The weight of the L2 penalty; null is chosen by the data")
        .Add("l1Regularization", _penalty, s => s.L1Regularization, (s, v) => s with { L1Regularization = v }, "The weight of the L1 penalty; null is chosen by the data")
        .Add("maximumNumberOfIterations", new OptionalValueFormat<int>(StepOptions.Count), s => s.MaximumNumberOfIterations, (s, v) => s with { MaximumNumberOfIterations = v }, "The most passes over the rows; null is chosen by the data");
}
