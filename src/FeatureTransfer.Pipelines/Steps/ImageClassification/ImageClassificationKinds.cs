using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Onnx;
using FeatureTransfer.Vision;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The step that trains as ML.NET's image classifier.</summary>
internal static class ImageClassificationKinds
{
    private static readonly NumberFormat _positive = new(0, double.PositiveInfinity);

    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Trainer(
            "ImageClassification",
            "ML.NET's image trainer on an ONNX backbone: a softmax layer on frozen features, by plain gradient descent; with trainableFrom, layers of the backbone learn after it",
            Tuning(Training(Backbone(new OptionSet<ImageClassificationStep>(Create)))),
            (s, build) => build.Context.MulticlassClassification.Trainers.OnnxImageClassification(Options(s, build), build.Services),
            PipelineTask.Multiclass),
    ];

    /// <summary>The options with full paths, as the library takes them.</summary>
    public static OnnxImageClassificationOptions Options(ImageClassificationStep step, StepBuild build) => step.Options with
    {
        Backbone = build.ResolveBackbone(step.Options.Backbone),
        Preprocessing = (ImagePreprocessing?)build.PreprocessingOf(step.Options.Backbone, step.Preprocessing, new TextPreprocessing()),
        WorkspacePath = build.ResolvePath(step.Options.WorkspacePath),
        Checkpoint = step.Options.Checkpoint with
        {
            Path = build.Checkpoint,
            Resume = build.Resume && build.Checkpoint is not null,
        },
    };

    // A pipeline's images are read from paths, not from the features of a step before.
    private static ImageClassificationStep Create() => new() { Options = new OnnxImageClassificationOptions { Backbone = "", FeatureColumnName = "ImagePath" } };

    private static OptionSet<ImageClassificationStep> Backbone(OptionSet<ImageClassificationStep> set) => set
        .Add("backbone", StepOptions.Text, s => s.Options.Backbone, (s, v) => With(s, o => o with { Backbone = v }), "An id of the catalogue (ft models list), or the path of a card or an ONNX file", required: true)
        .Add("input", StepOptions.Text, s => s.Options.FeatureColumnName, (s, v) => With(s, o => o with { FeatureColumnName = v }), "The column that is read: a path, or the name of an image in an archive or a query")
        .Add("labelColumn", StepOptions.Text, s => s.Options.LabelColumnName, (s, v) => With(s, o => o with { LabelColumnName = v }), "The label: a key")
        .Add("groupColumn", StepOptions.OptionalText, s => s.Options.GroupColumnName, (s, v) => With(s, o => o with { GroupColumnName = v }), "Rows of one value of this column lie on one side of the validation split; null: each row is its own group")
        .Add("layers", new ListFormat<string>(StepOptions.Text), s => s.Options.Layers, (s, v) => With(s, o => o with { Layers = v }), "The layers that the last layer reads, aliases or tensors; empty is the card's default")
        .Add("pooling", new OptionalValueFormat<Pooling>(new EnumFormat<Pooling>()), s => s.Options.Pooling, (s, v) => With(s, o => o with { Pooling = v }), "How a layer becomes a vector; null is the card's default")
        .Add("preprocessing", PreprocessingFormat.Instance, s => s.Preprocessing, (s, v) => s with { Preprocessing = v }, "What changes in the card's image preprocessing");

    private static OptionSet<ImageClassificationStep> Training(OptionSet<ImageClassificationStep> set) => set
        .Add("epoch", StepOptions.Count, s => s.Options.Epoch, (s, v) => With(s, o => o with { Epoch = v }), "The most passes over the rows")
        .Add("batchSize", new IntegerFormat(1, 4096), s => s.Options.BatchSize, (s, v) => With(s, o => o with { BatchSize = v }), "Rows a step")
        .Add("learningRate", _positive, s => s.Options.LearningRate, (s, v) => With(s, o => o with { LearningRate = v }), "The learning rate where learningRateScheduler is null")
        .Add("learningRateScheduler", ImageClassificationFormats.Decay, s => s.Options.LearningRateScheduler, (s, v) => With(s, o => o with { LearningRateScheduler = v }), "How the learning rate falls; null: learningRate throughout")
        .Add("earlyStoppingCriteria", ImageClassificationFormats.Stopping, s => s.Options.EarlyStoppingCriteria, (s, v) => With(s, o => o with { EarlyStoppingCriteria = v }), "What ends training early; null is nothing")
        .Add("validationSetFraction", new OptionalValueFormat<double>(new NumberFormat(0, 1, maximumExcluded: true)), s => s.Options.ValidationSetFraction, (s, v) => With(s, o => o with { ValidationSetFraction = v }), "The share of the training rows that judges and does not teach; null is none")
        .Add("workspacePath", StepOptions.OptionalText, s => s.Options.WorkspacePath, (s, v) => With(s, o => o with { WorkspacePath = v }), "The folder, relative to this file, that the trained network is written to as an ONNX file; null: it is not")
        .Add("finalModelPrefix", StepOptions.Text, s => s.Options.FinalModelPrefix, (s, v) => With(s, o => o with { FinalModelPrefix = v }), "What the name of that file begins with; the id of the backbone follows");

    private static OptionSet<ImageClassificationStep> Tuning(OptionSet<ImageClassificationStep> set) => set
        .Add("trainableFrom", StepOptions.OptionalText, s => s.Options.TrainableFrom, (s, v) => With(s, o => o with { TrainableFrom = v }), "The layer from which on the backbone learns too, its own included, once the last layer has; null: the backbone stays as it is")
        .Add("tuningEpoch", StepOptions.Count, s => s.Options.TuningEpoch, (s, v) => With(s, o => o with { TuningEpoch = v }), "The epochs in which the layers from trainableFrom on learn")
        .Add("tuningLearningRate", _positive, s => s.Options.TuningLearningRate, (s, v) => With(s, o => o with { TuningLearningRate = v }), "The learning rate of these epochs")
        .Add("checkpoint", FineTuneFormats.Checkpoint, s => s.Options.Checkpoint, (s, v) => With(s, o => o with { Checkpoint = v }), "When the state of training is saved, beside the outputs until the run is over; 'ft run --resume' takes it up")
        .Add("seed", new IntegerFormat(int.MinValue, int.MaxValue), s => s.Options.Seed, (s, v) => With(s, o => o with { Seed = v }), "The seed of everything random in the training")
        .Add("useCache", StepOptions.Boolean, s => s.Options.UseCache, (s, v) => With(s, o => o with { UseCache = v }), "Whether features come from and go to the cache")
        .Add("device", DeviceFormat.Instance, s => s.Options.Device, (s, v) => With(s, o => o with { Device = v }), "What the backbone and the training run on: auto, cpu, cuda[:n], tensorrt[:n], directml[:n] or coreml");

    private static ImageClassificationStep With(ImageClassificationStep step, Func<OnnxImageClassificationOptions, OnnxImageClassificationOptions> change) =>
        step with { Options = change(step.Options) };
}
