using FeatureTransfer.FineTuning;
using static FeatureTransfer.FineTuning.OptionRules;

namespace FeatureTransfer.Vision;

/// <summary>The ranges of the options.</summary>
internal static class OnnxImageClassificationRules
{
    /// <summary>What is out of range, each with what was expected.</summary>
    public static IEnumerable<string> Faults(OnnxImageClassificationOptions options) =>
        Training(options).Concat(Decay(options.LearningRateScheduler)).Concat(Stopping(options.EarlyStoppingCriteria)).OfType<string>();

    private static IEnumerable<string?> Training(OnnxImageClassificationOptions o) =>
    [
        Filled(o.Backbone, nameof(o.Backbone), "an id such as 'resnet_18.mlnet' or a path"),
        Filled(o.FeatureColumnName, nameof(o.FeatureColumnName), "the name of a column"),
        Filled(o.LabelColumnName, nameof(o.LabelColumnName), "the name of a column"),
        Within(o.BatchSize, 1, 4096, nameof(o.BatchSize)),
        AtLeast(o.Epoch, 1, nameof(o.Epoch)),
        Positive(o.LearningRate, nameof(o.LearningRate)),
        o.ValidationSetFraction is null or (> 0 and < 1) ? null : Text($"{nameof(o.ValidationSetFraction)} is {o.ValidationSetFraction}; expected above 0 and below 1, or null for none"),
        o.FinalModelPrefix.IndexOfAny(Path.GetInvalidFileNameChars()) < 0 ? null : $"{nameof(o.FinalModelPrefix)} is '{o.FinalModelPrefix}'; expected the beginning of a file's name",
        AtLeast(o.TuningEpoch, 1, nameof(o.TuningEpoch)),
        Positive(o.TuningLearningRate, nameof(o.TuningLearningRate)),
        .. FineTuneOptionRules.Checkpoint(o.Checkpoint),
    ];

    private static IEnumerable<string?> Decay(LearningRateDecay? o) => o is null ? [] :
    [
        Positive(o.LearningRate, Name(nameof(o.LearningRate))),
        Positive(o.NumEpochsPerDecay, Name(nameof(o.NumEpochsPerDecay))),
        Positive(o.DecayRate, Name(nameof(o.DecayRate))),
        NotNegative(o.EndLearningRate, Name(nameof(o.EndLearningRate))),
        Positive(o.Power, Name(nameof(o.Power))),
    ];

    private static IEnumerable<string?> Stopping(EarlyStoppingCriteria? o) => o is null ? [] :
    [
        NotNegative(o.MinDelta, $"{nameof(OnnxImageClassificationOptions.EarlyStoppingCriteria)}.{nameof(o.MinDelta)}"),
        AtLeast(o.Patience, 1, $"{nameof(OnnxImageClassificationOptions.EarlyStoppingCriteria)}.{nameof(o.Patience)}"),
    ];

    private static string Name(string member) => $"{nameof(OnnxImageClassificationOptions.LearningRateScheduler)}.{member}";
}
