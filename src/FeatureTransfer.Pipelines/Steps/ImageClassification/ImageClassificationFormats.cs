using FeatureTransfer.Vision;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The forms of the parts of <see cref="OnnxImageClassificationOptions" /> in JSON.</summary>
internal static class ImageClassificationFormats
{
    private static readonly NumberFormat _notNegative = new(0, double.PositiveInfinity);

    public static OptionalFormat<LearningRateDecay> Decay { get; } = new(new NestedFormat<LearningRateDecay>(new OptionSet<LearningRateDecay>(() => new LearningRateDecay())
        .Add("kind", new EnumFormat<LearningRateDecayKind>(), o => o.Kind, (o, v) => o with { Kind = v }, "How the rate falls: by a factor, by a polynomial, or scaled to the batch and less from epochs 91, 136 and 182 on")
        .Add("learningRate", _notNegative, o => o.LearningRate, (o, v) => o with { LearningRate = v }, "The rate at the start; for linearScaling that of a batch of 128")
        .Add("numEpochsPerDecay", _notNegative, o => o.NumEpochsPerDecay, (o, v) => o with { NumEpochsPerDecay = v }, "The epochs between falls, or those of a polynomial's course")
        .Add("decayRate", _notNegative, o => o.DecayRate, (o, v) => o with { DecayRate = v }, "The factor of an exponential fall")
        .Add("staircase", StepOptions.Boolean, o => o.Staircase, (o, v) => o with { Staircase = v }, "Whether an exponential rate falls in steps")
        .Add("endLearningRate", _notNegative, o => o.EndLearningRate, (o, v) => o with { EndLearningRate = v }, "The rate at which a polynomial ends")
        .Add("power", _notNegative, o => o.Power, (o, v) => o with { Power = v }, "The power of a polynomial; 1 is a line")
        .Add("cycle", StepOptions.Boolean, o => o.Cycle, (o, v) => o with { Cycle = v }, "Whether a polynomial begins again")));

    public static OptionalFormat<EarlyStoppingCriteria> Stopping { get; } = new(new NestedFormat<EarlyStoppingCriteria>(new OptionSet<EarlyStoppingCriteria>(() => new EarlyStoppingCriteria())
        .Add("metric", new EnumFormat<EarlyStoppingMetric>(), o => o.Metric, (o, v) => o with { Metric = v }, "The metric of the validation rows that decides")
        .Add("minDelta", _notNegative, o => o.MinDelta, (o, v) => o with { MinDelta = v }, "How much better counts as better")
        .Add("patience", StepOptions.Count, o => o.Patience, (o, v) => o with { Patience = v }, "Epochs without a better metric after which training ends")));
}
