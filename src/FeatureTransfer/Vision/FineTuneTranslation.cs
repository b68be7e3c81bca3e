using FeatureTransfer.FineTuning;

namespace FeatureTransfer.Vision;

/// <summary>Says in the options of fine-tuning what the trainer of images is asked for.</summary>
internal static class FineTuneTranslation
{
    /// <summary>The options of fine-tuning: its first phase is ML.NET's training, its second the one that ML.NET does not have.</summary>
    /// <param name="options">The options.</param>
    /// <param name="separateValidation">Whether the rows that judge are given beside those that teach.</param>
    public static FineTuneOptions ToFineTuning(this OnnxImageClassificationOptions options, bool separateValidation) => new()
    {
        Backbone = options.Backbone,
        Layers = options.Layers,
        Pooling = options.Pooling,
        Preprocessing = options.Preprocessing,
        InputColumnName = options.FeatureColumnName,
        LabelColumnName = options.LabelColumnName,
        GroupColumnName = options.GroupColumnName,
        BatchSize = options.BatchSize,

        // ML.NET's last layer reads the features as they are.
        Head = new HeadOptions { Standardize = false },
        HeadEpochs = options.Epoch,
        HeadTraining = new HeadTraining(
            new OptimizerOptions { Kind = OptimizerKind.Sgd, Momentum = 0, WeightDecay = 0, ClipNorm = 0 },
            (ILearningRateCourse?)options.LearningRateScheduler ?? new ConstantRate(options.LearningRate)),
        TrainableFrom = options.TrainableFrom,
        Epochs = options.TrainableFrom is null ? 0 : options.TuningEpoch,
        LearningRate = options.TuningLearningRate,
        EarlyStopping = Stopping(options.EarlyStoppingCriteria, separateValidation || options.ValidationSetFraction is not null),
        SeparateValidation = separateValidation,
        ValidationFraction = options.ValidationSetFraction ?? 0,
        Checkpoint = options.Checkpoint,
        Seed = options.Seed,
        UseCache = options.UseCache,
        Device = options.Device,
    };

    private static EarlyStoppingOptions Stopping(EarlyStoppingCriteria? criteria, bool validates) => new()
    {
        Metric = criteria?.Metric == EarlyStoppingMetric.Loss ? ValidationMetric.Loss : ValidationMetric.Accuracy,
        Patience = validates ? criteria?.Patience ?? 0 : 0,
        MinDelta = criteria?.MinDelta ?? 0,
    };
}
