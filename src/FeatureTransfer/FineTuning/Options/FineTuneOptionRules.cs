using static FeatureTransfer.FineTuning.OptionRules;

namespace FeatureTransfer.FineTuning;

/// <summary>The ranges of the options.</summary>
internal static class FineTuneOptionRules
{
    /// <summary>What is out of range, each with what was expected.</summary>
    public static IEnumerable<string> Faults(FineTuneOptions options) =>
        Names(options)
            .Concat(Training(options))
            .Concat(Unfreezing(options))
            .Concat(Optimizer(options.Optimizer))
            .Concat(Schedule(options.Schedule))
            .Concat(Parts(options))
            .Concat(Alignment(options))
            .OfType<string>();

    /// <summary>What is out of range of a checkpoint's options; nulls are none.</summary>
    public static IEnumerable<string?> Checkpoint(CheckpointOptions o) =>
    [
        AtLeast(o.EveryEpochs, 0, nameof(o.EveryEpochs)),
        AtLeast(o.EverySteps, 0, nameof(o.EverySteps)),
        o is { Resume: true, Path: null } ? $"{nameof(o.Resume)} is set without {nameof(o.Path)}; expected the checkpoint's file" : null,
    ];

    private static IEnumerable<string?> Names(FineTuneOptions o) =>
    [
        Filled(o.Backbone, nameof(o.Backbone), "an id such as 'resnet_18.mlnet' or a path"),
        Filled(o.InputColumnName, nameof(o.InputColumnName), "the name of a column"),
        Filled(o.LabelColumnName, nameof(o.LabelColumnName), "the name of a column"),
        o.TrainableFrom is not null && o.TrainablePatterns.Count > 0 ? $"{nameof(o.TrainableFrom)} and {nameof(o.TrainablePatterns)} are both set; expected one of them" : null,
        o.TrainablePatterns.Any(string.IsNullOrWhiteSpace) ? $"{nameof(o.TrainablePatterns)} holds an empty name" : null,
    ];

    private static IEnumerable<string?> Training(FineTuneOptions o) =>
    [
        AtLeast(o.HeadEpochs, 0, nameof(o.HeadEpochs)),
        AtLeast(o.Epochs, 0, nameof(o.Epochs)),
        o.HeadEpochs == 0 && o.Epochs == 0 ? $"{nameof(o.HeadEpochs)} and {nameof(o.Epochs)} are both 0; nothing would be learned" : null,
        Positive(o.HeadLearningRate, nameof(o.HeadLearningRate)),
        Positive(o.LearningRate, nameof(o.LearningRate)),
        Within(o.BatchSize, 1, 4096, nameof(o.BatchSize)),
        Within(o.AccumulationSteps, 1, 4096, nameof(o.AccumulationSteps)),
        o.LayerDecay is > 0 and <= 1 ? null : Text($"{nameof(o.LayerDecay)} is {o.LayerDecay}; expected above 0, at most 1"),
        Below1(o.EmaDecay, nameof(o.EmaDecay)),
        Below1(o.ValidationFraction, nameof(o.ValidationFraction)),
        AtLeast(o.AugmentationViews, 0, nameof(o.AugmentationViews)),
        .. o.AudioAugmentation.Operations.SelectMany((operation, i) => operation.Faults().Select(fault => Text($"{nameof(o.AudioAugmentation)}, operation {i + 1} ({operation.Kind}): {fault}"))),
        AtLeast(o.ActivationMemory, 0, nameof(o.ActivationMemory)),
        o.IntraOpThreads is < 1 ? Text($"{nameof(o.IntraOpThreads)} is {o.IntraOpThreads}; expected 1 or more") : null,
        .. o.LearningRateGroups.Select(group => group.Factor >= 0 && group.Pattern.Length > 0 ? null : Text($"{nameof(o.LearningRateGroups)} has '{group.Pattern}' with factor {group.Factor}; expected a pattern and 0 or more")),
    ];

    private static IEnumerable<string?> Unfreezing(FineTuneOptions o)
    {
        var last = -1;
        foreach (var step in o.Unfreeze)
        {
            if (step.Epoch <= last || step.Epoch >= Math.Max(1, o.Epochs))
                yield return Text($"{nameof(o.Unfreeze)} has epoch {step.Epoch}; expected rising epochs from 0, below {nameof(o.Epochs)} = {o.Epochs}");
            if (string.IsNullOrWhiteSpace(step.From))
                yield return Text($"{nameof(o.Unfreeze)} names no layer for epoch {step.Epoch}");
            last = Math.Max(last, step.Epoch);
        }
    }

    private static IEnumerable<string?> Optimizer(OptimizerOptions o) =>
    [
        Below1(o.Momentum, nameof(o.Momentum)),
        Below1(o.Beta1, nameof(o.Beta1)),
        Below1(o.Beta2, nameof(o.Beta2)),
        Positive(o.Epsilon, nameof(o.Epsilon)),
        NotNegative(o.WeightDecay, nameof(o.WeightDecay)),
        NotNegative(o.ClipNorm, nameof(o.ClipNorm)),
        o.Nesterov && o.Momentum == 0 ? $"{nameof(o.Nesterov)} is set without {nameof(o.Momentum)}; expected a momentum above 0" : null,
    ];

    private static IEnumerable<string?> Schedule(ScheduleOptions o) =>
    [
        NotNegative(o.WarmUpEpochs, nameof(o.WarmUpEpochs)),
        Share(o.FinalFactor, nameof(o.FinalFactor)),
        AtLeast(o.StepEpochs, 1, nameof(o.StepEpochs)),
        Positive(o.StepFactor, nameof(o.StepFactor)),
        Share(o.InitialFactor, nameof(o.InitialFactor)),
        Share(o.RisingShare, nameof(o.RisingShare)),
    ];

    private static IEnumerable<string?> Alignment(FineTuneOptions o) => !o.Alignment.IsOn ? [] :
    [
        Filled(o.Alignment.DomainColumnName, $"{nameof(o.Alignment)}.{nameof(o.Alignment.DomainColumnName)}", "the name of a column"),
        Filled(o.Alignment.Target, $"{nameof(o.Alignment)}.{nameof(o.Alignment.Target)}", "the name of the target domain"),
        Positive(o.Alignment.Weight, $"{nameof(o.Alignment)}.{nameof(o.Alignment.Weight)}"),
        AtLeast(o.Alignment.Hidden, 1, $"{nameof(o.Alignment)}.{nameof(o.Alignment.Hidden)}"),
        o.TunesBackbone ? null : $"{nameof(o.Alignment)} is set and only the head is to learn; expected {nameof(o.TrainableFrom)}, {nameof(o.TrainablePatterns)} or {nameof(o.Unfreeze)}, and {nameof(o.Epochs)} above 0",
        o.BatchSize % 2 == 0 ? null : Text($"{nameof(o.BatchSize)} is {o.BatchSize}; expected an even number with {nameof(o.Alignment)}, half of it a domain"),
        o.Mix.IsOn ? $"{nameof(o.Alignment)} and {nameof(o.Mix)} are both set; expected one of them" : null,
    ];

    private static IEnumerable<string?> Parts(FineTuneOptions o) =>
    [
        o.Head.Hidden.Any(width => width < 1) ? $"{nameof(o.Head.Hidden)} has a width below 1" : null,
        Below1(o.Head.Dropout, nameof(o.Head.Dropout)),
        AtLeast(o.EarlyStopping.Patience, 0, nameof(o.EarlyStopping.Patience)),
        NotNegative(o.EarlyStopping.MinDelta, nameof(o.EarlyStopping.MinDelta)),
        o.EarlyStopping.Patience > 0 && o.ValidationFraction == 0 && !o.SeparateValidation ? $"{nameof(o.EarlyStopping.Patience)} is set and {nameof(o.ValidationFraction)} is 0; expected validation rows to watch" : null,
        NotNegative(o.Mix.MixupAlpha, nameof(o.Mix.MixupAlpha)),
        NotNegative(o.Mix.CutmixAlpha, nameof(o.Mix.CutmixAlpha)),
        Share(o.Mix.Probability, nameof(o.Mix.Probability)),
        Below1(o.Loss.LabelSmoothing, nameof(o.Loss.LabelSmoothing)),
        NotNegative(o.Loss.FocalGamma, nameof(o.Loss.FocalGamma)),
        o.Loss is { FocalGamma: > 0, LabelSmoothing: > 0 } ? $"{nameof(o.Loss.FocalGamma)} and {nameof(o.Loss.LabelSmoothing)} are both set; expected one of them" : null,
        .. Checkpoint(o.Checkpoint),
        Positive(o.LearningRateFinder.Minimum, $"{nameof(o.LearningRateFinder)}.{nameof(o.LearningRateFinder.Minimum)}"),
        o.LearningRateFinder.Maximum > o.LearningRateFinder.Minimum ? null : Text($"{nameof(o.LearningRateFinder)}.{nameof(o.LearningRateFinder.Maximum)} is {o.LearningRateFinder.Maximum}; expected more than the minimum"),
        AtLeast(o.LearningRateFinder.Steps, 10, $"{nameof(o.LearningRateFinder)}.{nameof(o.LearningRateFinder.Steps)}"),
    ];
}
