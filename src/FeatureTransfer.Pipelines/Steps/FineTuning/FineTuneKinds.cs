using FeatureTransfer.FineTuning;
using FeatureTransfer.Onnx;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The step that fine-tunes.</summary>
internal static class FineTuneKinds
{
    private static readonly ListFormat<string> _names = new(StepOptions.Text);
    private static readonly IntegerFormat _none = new(0, int.MaxValue);
    private static readonly NumberFormat _notNegative = new(0, double.PositiveInfinity);
    private static readonly NumberFormat _belowOne = new(0, 1, maximumExcluded: true);

    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Trainer(
            "FineTune",
            "Trains a backbone's own layers: a new head on frozen features first, then the layers named with it; kept only where that beats the frozen head on validation rows",
            Training(Backbone(new OptionSet<FineTuneStep>(() => new FineTuneStep { Options = new FineTuneOptions { Backbone = "" } }))),
            (s, build) => Create(Options(s, build), build),
            PipelineTask.Multiclass,
            PipelineTask.Binary,
            PipelineTask.Regression,
            PipelineTask.MultiLabel),
    ];

    /// <summary>The options with full paths, as the library takes them.</summary>
    public static FineTuneOptions Options(FineTuneStep step, StepBuild build) => step.Options with
    {
        Backbone = build.ResolveBackbone(step.Options.Backbone),
        Preprocessing = build.PreprocessingOf(step.Options.Backbone, step.Preprocessing, step.Text),
        Augmentation = step.Augmentation.IsEmpty ? step.Options.Augmentation : new PlannedAugmentation(step.Augmentation),
        ContinueFrom = build.ResolvePath(step.Options.ContinueFrom),
        Checkpoint = step.Options.Checkpoint with
        {
            Path = build.Checkpoint,
            Resume = build.Resume && build.Checkpoint is not null,
        },
    };

    // Several labels a row are many answers of yes or no: ML.NET has no catalog of its own for them.
    private static FineTuneEstimator Create(FineTuneOptions options, StepBuild build) => build.Task switch
    {
        PipelineTask.Multiclass => build.Context.MulticlassClassification.Trainers.FineTune(options, build.Services),
        PipelineTask.Regression => build.Context.Regression.Trainers.FineTune(options, build.Services),
        _ => build.Context.BinaryClassification.Trainers.FineTune(options, build.Services),
    };

    private static OptionSet<FineTuneStep> Backbone(OptionSet<FineTuneStep> set) => set
        .Add("backbone", StepOptions.Text, s => s.Options.Backbone, (s, v) => With(s, o => o with { Backbone = v }), "An id of the catalogue (ft models list), or the path of a card or an ONNX file", required: true)
        .Add("input", StepOptions.Text, s => s.Options.InputColumnName, (s, v) => With(s, o => o with { InputColumnName = v }), "The column that is read: a path, the name of an image in an archive or a query, or for backbones of text the text itself")
        .Add("pair", StepOptions.OptionalText, s => s.Options.PairColumnName, (s, v) => With(s, o => o with { PairColumnName = v }), "A second column of text, the other half of a pair; null is none")
        .Add("labelColumn", StepOptions.Text, s => s.Options.LabelColumnName, (s, v) => With(s, o => o with { LabelColumnName = v }), "The label: a key, or by the task a boolean, a number, or a vector of 0 and 1")
        .Add("groupColumn", StepOptions.OptionalText, s => s.Options.GroupColumnName, (s, v) => With(s, o => o with { GroupColumnName = v }), "Rows of one value of this column lie on one side of the validation split; null: each row is its own group")
        .Add("layers", _names, s => s.Options.Layers, (s, v) => With(s, o => o with { Layers = v }), "The layers that the head reads, aliases or tensors; empty is the card's default")
        .Add("pooling", new OptionalValueFormat<Pooling>(new EnumFormat<Pooling>()), s => s.Options.Pooling, (s, v) => With(s, o => o with { Pooling = v }), "How a layer becomes the head's vector; null is the card's default")
        .Add("preprocessing", PreprocessingFormat.Instance, s => s.Preprocessing, (s, v) => s with { Preprocessing = v }, "What changes in the card's image preprocessing")
        .Add("text", TextFormats.Preprocessing, s => s.Text, (s, v) => s with { Text = v }, "How a text becomes tokens, for backbones of text")
        .Add("head", FineTuneFormats.Head, s => s.Options.Head, (s, v) => With(s, o => o with { Head = v }), "The head")
        .Add("trainableFrom", StepOptions.OptionalText, s => s.Options.TrainableFrom, (s, v) => With(s, o => o with { TrainableFrom = v }), "The layer from which on the weights learn, its own included; null is what trainablePatterns name")
        .Add("trainablePatterns", _names, s => s.Options.TrainablePatterns, (s, v) => With(s, o => o with { TrainablePatterns = v }), "Names of weights that learn, with * for any characters; instead of trainableFrom")
        .Add("unfreeze", FineTuneFormats.Unfreeze, s => s.Options.Unfreeze, (s, v) => With(s, o => o with { Unfreeze = v }), "Gradual unfreezing: from an epoch of the second phase on the weights from a layer on learn")
        .Add("continueFrom", StepOptions.OptionalText, s => s.Options.ContinueFrom, (s, v) => With(s, o => o with { ContinueFrom = v }), "A tuned network (.onnx, or a bundle) to train further, new classes added; null is a new head");

    private static OptionSet<FineTuneStep> Training(OptionSet<FineTuneStep> set) => set
        .Add("headEpochs", _none, s => s.Options.HeadEpochs, (s, v) => With(s, o => o with { HeadEpochs = v }), "Epochs of the first phase, in which the head learns on frozen features")
        .Add("headLearningRate", _notNegative, s => s.Options.HeadLearningRate, (s, v) => With(s, o => o with { HeadLearningRate = v }), "The learning rate of the first phase")
        .Add("epochs", _none, s => s.Options.Epochs, (s, v) => With(s, o => o with { Epochs = v }), "Epochs of the second phase, in which layers of the backbone learn with the head")
        .Add("learningRate", _notNegative, s => s.Options.LearningRate, (s, v) => With(s, o => o with { LearningRate = v }), "The learning rate of the second phase")
        .Add("learningRateFinder", FineTuneFormats.Finder, s => s.Options.LearningRateFinder, (s, v) => With(s, o => o with { LearningRateFinder = v }), "Looks for the learning rate of the second phase")
        .Add("learningRateGroups", FineTuneFormats.Groups, s => s.Options.LearningRateGroups, (s, v) => With(s, o => o with { LearningRateGroups = v }), "Factors on the learning rate of weights by name; the first that fits counts")
        .Add("layerDecay", new NumberFormat(0, 1), s => s.Options.LayerDecay, (s, v) => With(s, o => o with { LayerDecay = v }), "The factor on the learning rate from one layer to the one before it")
        .Add("batchSize", new IntegerFormat(1, 4096), s => s.Options.BatchSize, (s, v) => With(s, o => o with { BatchSize = v }), "Rows a batch")
        .Add("accumulationSteps", new IntegerFormat(1, 4096), s => s.Options.AccumulationSteps, (s, v) => With(s, o => o with { AccumulationSteps = v }), "Batches a step")
        .Add("optimizer", FineTuneFormats.Optimizer, s => s.Options.Optimizer, (s, v) => With(s, o => o with { Optimizer = v }), "How gradients become steps")
        .Add("schedule", FineTuneFormats.Schedule, s => s.Options.Schedule, (s, v) => With(s, o => o with { Schedule = v }), "How the learning rate changes")
        .Add("earlyStopping", FineTuneFormats.EarlyStopping, s => s.Options.EarlyStopping, (s, v) => With(s, o => o with { EarlyStopping = v }), "What ends training early, and which weights are kept")
        .Add("emaDecay", _belowOne, s => s.Options.EmaDecay, (s, v) => With(s, o => o with { EmaDecay = v }), "The decay of a moving average of the weights; 0 is none")
        .Add("mix", FineTuneFormats.Mix, s => s.Options.Mix, (s, v) => With(s, o => o with { Mix = v }), "Mixup and cutmix")
        .Add("augmentation", AugmentationFormat.Instance, s => s.Augmentation, (s, v) => s with { Augmentation = v }, "What changes training images at random, in the second phase; 'ft augment preview' shows it")
        .Add("audioAugmentation", AudioAugmentationFormat.List, s => s.Options.AudioAugmentation.Operations, (s, v) => With(s, o => o with { AudioAugmentation = new() { Operations = v } }), "What changes the samples of training recordings at random, in the second phase")
        .Add("augmentationViews", _none, s => s.Options.AugmentationViews, (s, v) => With(s, o => o with { AugmentationViews = v }), "How many changed versions of each image are made once, of which each epoch takes another, so that the frozen part runs over these alone; 0 is new ones in each epoch")
        .Add("batchStatistics", StepOptions.Boolean, s => s.Options.BatchStatistics, (s, v) => With(s, o => o with { BatchStatistics = v }), "Whether the batch normalizations that learn use the statistics of the batch, and the stored ones follow; false is the stored ones, unchanged")
        .Add("alignment", FineTuneFormats.Alignment, s => s.Options.Alignment, (s, v) => With(s, o => o with { Alignment = v }), "Brings the features of a labelled source and of a target together while the backbone learns; for one class a row")
        .Add("loss", FineTuneFormats.Loss, s => s.Options.Loss, (s, v) => With(s, o => o with { Loss = v }), "What is minimised")
        .Add("validationFraction", _belowOne, s => s.Options.ValidationFraction, (s, v) => With(s, o => o with { ValidationFraction = v }), "The share of the training rows that judge and do not teach")
        .Add("alwaysKeepTuned", StepOptions.Boolean, s => s.Options.AlwaysKeepTuned, (s, v) => With(s, o => o with { AlwaysKeepTuned = v }), "Whether the tuned weights stay even where the frozen head does better")
        .Add("seed", new IntegerFormat(int.MinValue, int.MaxValue), s => s.Options.Seed, (s, v) => With(s, o => o with { Seed = v }), "The seed of everything random in the training")
        .Add("checkpoint", FineTuneFormats.Checkpoint, s => s.Options.Checkpoint, (s, v) => With(s, o => o with { Checkpoint = v }), "When the state of training is saved, beside the outputs until the run is over; 'ft run --resume' takes it up")
        .Add("useCache", StepOptions.Boolean, s => s.Options.UseCache, (s, v) => With(s, o => o with { UseCache = v }), "Whether activations of the frozen part come from and go to the cache")
        .Add("activationMemory", _none, s => s.Options.ActivationMemory, (s, v) => With(s, o => o with { ActivationMemory = v }), "Megabytes of activations, and of images that are no files, that are held in memory; more lie in a temporary file")
        .Add("device", DeviceFormat.Instance, s => s.Options.Device, (s, v) => With(s, o => o with { Device = v }), "What the frozen part and the training run on: auto, cpu, cuda[:n], tensorrt[:n], directml[:n] or coreml")
        .Add("intraOpThreads", new OptionalValueFormat<int>(StepOptions.Count), s => s.Options.IntraOpThreads, (s, v) => With(s, o => o with { IntraOpThreads = v }), "Threads within an operator; null is one a core");

    private static FineTuneStep With(FineTuneStep step, Func<FineTuneOptions, FineTuneOptions> change) => step with { Options = change(step.Options) };
}
