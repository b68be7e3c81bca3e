using FeatureTransfer.Pipelines.Binding;
using Microsoft.ML.Vision;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The step that trains ML.NET's image classifier.</summary>
internal static class ImageClassificationKinds
{
    private static readonly SingleFormat _rate = new(0);

    private static readonly NestedFormat<LearningRateDecay> _decay = new(new OptionSet<LearningRateDecay>(() => new LearningRateDecay())
        .Add("kind", new EnumFormat<LearningRateDecayKind>(), o => o.Kind, (o, v) => o with { Kind = v }, "How the rate falls: by a factor, by a polynomial, or scaled to the batch and less from epochs 91, 136 and 182 on")
        .Add("learningRate", _rate, o => o.LearningRate, (o, v) => o with { LearningRate = v }, "The rate at the start; for linearScaling that of a batch of 128")
        .Add("numEpochsPerDecay", _rate, o => o.NumEpochsPerDecay, (o, v) => o with { NumEpochsPerDecay = v }, "The epochs between falls, or those of a polynomial's course")
        .Add("decayRate", _rate, o => o.DecayRate, (o, v) => o with { DecayRate = v }, "The factor of an exponential fall")
        .Add("staircase", StepOptions.Boolean, o => o.Staircase, (o, v) => o with { Staircase = v }, "Whether an exponential rate falls in steps")
        .Add("endLearningRate", _rate, o => o.EndLearningRate, (o, v) => o with { EndLearningRate = v }, "The rate at which a polynomial ends")
        .Add("power", _rate, o => o.Power, (o, v) => o with { Power = v }, "The power of a polynomial; 1 is a line")
        .Add("cycle", StepOptions.Boolean, o => o.Cycle, (o, v) => o with { Cycle = v }, "Whether a polynomial begins again"));

    private static readonly NestedFormat<Patience> _patience = new(new OptionSet<Patience>(() => new Patience())
        .Add("metric", new EnumFormat<ImageClassificationTrainer.EarlyStoppingMetric>(), o => o.Metric, (o, v) => o with { Metric = v }, "The metric of the validation rows that decides")
        .Add("minDelta", _rate, o => o.MinDelta, (o, v) => o with { MinDelta = v }, "How much better counts as better")
        .Add("patience", StepOptions.Count, o => o.Epochs, (o, v) => o with { Epochs = v }, "Epochs without a better metric after which training ends"));

    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Trained(
            "ImageClassification",
            "ML.NET's image trainer: a softmax layer on a frozen backbone's features, by plain gradient descent",
            Workspace(Training(new OptionSet<ImageClassificationStep>(() => new ImageClassificationStep()))),
            ImageClassificationBuild.Create),
    ];

    private static OptionSet<ImageClassificationStep> Training(OptionSet<ImageClassificationStep> set) => set
        .Add("input", StepOptions.Text, s => s.Input, (s, v) => s with { Input = v }, "The column that is read: a path")
        .Add("labelColumn", StepOptions.Text, s => s.LabelColumn, (s, v) => s with { LabelColumn = v }, "The label: a key")
        .Add("arch", new EnumFormat<ImageClassificationTrainer.Architecture>(), s => s.Arch, (s, v) => s with { Arch = v }, "The backbone; of those by the name of Resnet an ONNX file of your own is needed")
        .Add("epoch", StepOptions.Count, s => s.Epoch, (s, v) => s with { Epoch = v }, "The most passes over the rows")
        .Add("batchSize", StepOptions.Count, s => s.BatchSize, (s, v) => s with { BatchSize = v }, "Rows a step")
        .Add("learningRate", _rate, s => s.LearningRate, (s, v) => s with { LearningRate = v }, "The rate where learningRateScheduler is null")
        .Add("learningRateScheduler", new OptionalFormat<LearningRateDecay>(_decay), s => s.LearningRateScheduler, (s, v) => s with { LearningRateScheduler = v }, "How the learning rate falls; null: learningRate throughout")
        .Add("earlyStoppingCriteria", new OptionalFormat<Patience>(_patience), s => s.EarlyStoppingCriteria, (s, v) => s with { EarlyStoppingCriteria = v }, "What ends training early; null is nothing")
        .Add("validationSetFraction", new OptionalValueFormat<float>(_rate), s => s.ValidationSetFraction, (s, v) => s with { ValidationSetFraction = v }, "The share of the training rows that judges and does not teach; null is none")
        .Add("testOnTrainSet", StepOptions.Boolean, s => s.TestOnTrainSet, (s, v) => s with { TestOnTrainSet = v }, "Whether the training rows are judged after every epoch too");

    private static OptionSet<ImageClassificationStep> Workspace(OptionSet<ImageClassificationStep> set) => set
        .Add("workspacePath", StepOptions.OptionalText, s => s.WorkspacePath, (s, v) => s with { WorkspacePath = v }, "A folder, relative to this file, where a backbone is looked for first, and features and the trained network are written; null writes neither")
        .Add("finalModelPrefix", StepOptions.Text, s => s.FinalModelPrefix, (s, v) => s with { FinalModelPrefix = v }, "The beginning of the trained network's name")
        .Add("reuseTrainSetBottleneckCachedValues", StepOptions.Boolean, s => s.ReuseTrainSetBottleneckCachedValues, (s, v) => s with { ReuseTrainSetBottleneckCachedValues = v }, "Whether features of the training rows come from the workspace where they fit")
        .Add("reuseValidationSetBottleneckCachedValues", StepOptions.Boolean, s => s.ReuseValidationSetBottleneckCachedValues, (s, v) => s with { ReuseValidationSetBottleneckCachedValues = v }, "The same for validation rows")
        .Add("trainSetBottleneckCachedValuesFileName", StepOptions.Text, s => s.TrainSetBottleneckCachedValuesFileName, (s, v) => s with { TrainSetBottleneckCachedValuesFileName = v }, "The file of the training rows' features")
        .Add("validationSetBottleneckCachedValuesFileName", StepOptions.Text, s => s.ValidationSetBottleneckCachedValuesFileName, (s, v) => s with { ValidationSetBottleneckCachedValuesFileName = v }, "The file of the validation rows' features");
}
