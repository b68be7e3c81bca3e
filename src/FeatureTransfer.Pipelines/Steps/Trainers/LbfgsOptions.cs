namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The options of the trainers by L-BFGS.</summary>
internal static class LbfgsOptions
{
    public static OptionSet<T> Of<T>(Func<T> create)
        where T : LbfgsStep => StepOptions.WeightedTrainer(create)
        .Add("l1Regularization", StepOptions.Penalty, s => s.L1Regularization, (s, v) => s with { L1Regularization = v }, "The weight of the L1 penalty")
        .Add("l2Regularization", StepOptions.Penalty, s => s.L2Regularization, (s, v) => s with { L2Regularization = v }, "The weight of the L2 penalty")
        .Add("optimizationTolerance", StepOptions.Penalty, s => s.OptimizationTolerance, (s, v) => s with { OptimizationTolerance = v }, "The change of the loss at which training ends")
        .Add("historySize", new IntegerFormat(1, 1000), s => s.HistorySize, (s, v) => s with { HistorySize = v }, "How many steps L-BFGS remembers")
        .Add("maximumNumberOfIterations", StepOptions.Count, s => s.MaximumNumberOfIterations, (s, v) => s with { MaximumNumberOfIterations = v }, "The most steps")
        .Add("initialWeightsDiameter", StepOptions.Penalty, s => s.InitialWeightsDiameter, (s, v) => s with { InitialWeightsDiameter = v }, StepOptions.DiameterText)
        .Add("enforceNonNegativity", StepOptions.Boolean, s => s.EnforceNonNegativity, (s, v) => s with { EnforceNonNegativity = v }, "Whether weights stay at 0 or above")
        .Add("numberOfThreads", StepOptions.OptionalCount, s => s.NumberOfThreads, (s, v) => s with { NumberOfThreads = v }, "Threads at once; null is chosen by the machine. Sums over the rows are added up by thread, so other threads give other last digits");
}
