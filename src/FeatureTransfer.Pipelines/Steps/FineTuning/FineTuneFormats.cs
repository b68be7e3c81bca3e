using FeatureTransfer.FineTuning;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The forms of the parts of <see cref="FineTuneOptions" /> in JSON.</summary>
internal static class FineTuneFormats
{
    private static readonly NumberFormat _share = new(0, 1);
    private static readonly NumberFormat _belowOne = new(0, 1, maximumExcluded: true);
    private static readonly NumberFormat _notNegative = new(0, double.PositiveInfinity);
    private static readonly IntegerFormat _none = new(0, int.MaxValue);

    public static NestedFormat<HeadOptions> Head { get; } = new(new OptionSet<HeadOptions>(() => new HeadOptions())
        .Add("hidden", new ListFormat<int>(StepOptions.Count), o => o.Hidden, (o, v) => o with { Hidden = v }, "The widths of hidden layers, each with ReLU; none is a linear head")
        .Add("dropout", _belowOne, o => o.Dropout, (o, v) => o with { Dropout = v }, "The share of values that dropout takes out before each linear layer of the head")
        .Add("standardize", StepOptions.Boolean, o => o.Standardize, (o, v) => o with { Standardize = v }, "Whether the head standardizes the features by the training rows"));

    public static NestedFormat<OptimizerOptions> Optimizer { get; } = new(new OptionSet<OptimizerOptions>(() => new OptimizerOptions())
        .Add("kind", new EnumFormat<OptimizerKind>(), o => o.Kind, (o, v) => o with { Kind = v }, "The rule")
        .Add("momentum", _belowOne, o => o.Momentum, (o, v) => o with { Momentum = v }, "The momentum of sgd")
        .Add("nesterov", StepOptions.Boolean, o => o.Nesterov, (o, v) => o with { Nesterov = v }, "Whether sgd looks ahead")
        .Add("beta1", _belowOne, o => o.Beta1, (o, v) => o with { Beta1 = v }, "The decay of Adam's mean of gradients")
        .Add("beta2", _belowOne, o => o.Beta2, (o, v) => o with { Beta2 = v }, "The decay of Adam's mean of squared gradients")
        .Add("epsilon", _notNegative, o => o.Epsilon, (o, v) => o with { Epsilon = v }, "What keeps Adam from dividing by zero")
        .Add("weightDecay", _notNegative, o => o.WeightDecay, (o, v) => o with { WeightDecay = v }, "Weight decay; biases and normalizations have none")
        .Add("clipNorm", _notNegative, o => o.ClipNorm, (o, v) => o with { ClipNorm = v }, "The longest norm of all gradients together; 0 is no limit"));

    public static NestedFormat<ScheduleOptions> Schedule { get; } = new(new OptionSet<ScheduleOptions>(() => new ScheduleOptions())
        .Add("kind", new EnumFormat<ScheduleKind>(), o => o.Kind, (o, v) => o with { Kind = v }, "The course of the learning rate")
        .Add("warmUpEpochs", _notNegative, o => o.WarmUpEpochs, (o, v) => o with { WarmUpEpochs = v }, "Epochs in which the learning rate rises in a line first")
        .Add("finalFactor", _share, o => o.FinalFactor, (o, v) => o with { FinalFactor = v }, "The share of the learning rate that cosine and oneCycle end at")
        .Add("stepEpochs", StepOptions.Count, o => o.StepEpochs, (o, v) => o with { StepEpochs = v }, "Epochs between the falls of step")
        .Add("stepFactor", _notNegative, o => o.StepFactor, (o, v) => o with { StepFactor = v }, "The factor of each fall of step")
        .Add("initialFactor", _share, o => o.InitialFactor, (o, v) => o with { InitialFactor = v }, "The share of the learning rate that oneCycle begins at")
        .Add("risingShare", _share, o => o.RisingShare, (o, v) => o with { RisingShare = v }, "The share of the steps in which oneCycle rises"));

    public static NestedFormat<EarlyStoppingOptions> EarlyStopping { get; } = new(new OptionSet<EarlyStoppingOptions>(() => new EarlyStoppingOptions())
        .Add("metric", new EnumFormat<ValidationMetric>(), o => o.Metric, (o, v) => o with { Metric = v }, "The metric on the validation rows that decides")
        .Add("patience", _none, o => o.Patience, (o, v) => o with { Patience = v }, "Epochs without a better metric after which a phase ends; 0 is never")
        .Add("minDelta", _notNegative, o => o.MinDelta, (o, v) => o with { MinDelta = v }, "How much better counts as better")
        .Add("restoreBest", StepOptions.Boolean, o => o.RestoreBest, (o, v) => o with { RestoreBest = v }, "Whether a phase ends with the weights of its best epoch"));

    public static NestedFormat<MixOptions> Mix { get; } = new(new OptionSet<MixOptions>(() => new MixOptions())
        .Add("mixupAlpha", _notNegative, o => o.MixupAlpha, (o, v) => o with { MixupAlpha = v }, "The parameters of the beta distribution of mixup's share; 0 is no mixup")
        .Add("cutmixAlpha", _notNegative, o => o.CutmixAlpha, (o, v) => o with { CutmixAlpha = v }, "The parameters of the beta distribution of cutmix's box; 0 is no cutmix")
        .Add("probability", _share, o => o.Probability, (o, v) => o with { Probability = v }, "The share of batches that are mixed")
        .Add("place", new EnumFormat<MixPlace>(), o => o.Place, (o, v) => o with { Place = v }, "Where rows are mixed: the images, or the activations where the trainable part begins"));

    public static NestedFormat<DomainAlignmentOptions> Alignment { get; } = new(new OptionSet<DomainAlignmentOptions>(() => new DomainAlignmentOptions())
        .Add("method", new EnumFormat<DomainAlignmentMethod>(), o => o.Method, (o, v) => o with { Method = v }, "How the features of both domains come together; none is not at all")
        .Add("domainColumn", StepOptions.Text, o => o.DomainColumnName, (o, v) => o with { DomainColumnName = v }, "The domain: text")
        .Add("target", StepOptions.Text, o => o.Target, (o, v) => o with { Target = v }, "The name of the target domain, whose labels are not read; all other rows are the source's")
        .Add("weight", _notNegative, o => o.Weight, (o, v) => o with { Weight = v }, "How much it counts beside the loss of the labels; it rises to this in the second phase")
        .Add("hidden", StepOptions.Count, o => o.Hidden, (o, v) => o with { Hidden = v }, "The width of the hidden layer of the adversarial classifier"));

    public static NestedFormat<TrainingLossOptions> Loss { get; } = new(new OptionSet<TrainingLossOptions>(() => new TrainingLossOptions())
        .Add("labelSmoothing", _belowOne, o => o.LabelSmoothing, (o, v) => o with { LabelSmoothing = v }, "The share of a label's probability that is spread over all classes")
        .Add("classWeights", new EnumFormat<ClassWeighting>(), o => o.ClassWeights, (o, v) => o with { ClassWeights = v }, "How much each class counts")
        .Add("focalGamma", _notNegative, o => o.FocalGamma, (o, v) => o with { FocalGamma = v }, "The exponent of the focal loss; 0 is no focal loss"));

    public static NestedFormat<LearningRateFinderOptions> Finder { get; } = new(new OptionSet<LearningRateFinderOptions>(() => new LearningRateFinderOptions())
        .Add("enabled", StepOptions.Boolean, o => o.Enabled, (o, v) => o with { Enabled = v }, "Whether the learning rate of the second phase is looked for")
        .Add("minimum", _notNegative, o => o.Minimum, (o, v) => o with { Minimum = v }, "The least rate that is tried")
        .Add("maximum", _notNegative, o => o.Maximum, (o, v) => o with { Maximum = v }, "The largest rate that is tried")
        .Add("steps", new IntegerFormat(10, int.MaxValue), o => o.Steps, (o, v) => o with { Steps = v }, "The steps in between"));

    public static NestedFormat<CheckpointOptions> Checkpoint { get; } = new(new OptionSet<CheckpointOptions>(() => new CheckpointOptions())
        .Add("everyEpochs", _none, o => o.EveryEpochs, (o, v) => o with { EveryEpochs = v }, "Epochs between checkpoints, besides one after the last; 0 is as often as saving takes about a twentieth of the time")
        .Add("everySteps", _none, o => o.EverySteps, (o, v) => o with { EverySteps = v }, "Steps between checkpoints within an epoch; 0 is none"));

    public static ListFormat<UnfreezeStep> Unfreeze { get; } = new(new NestedFormat<UnfreezeStep>(new OptionSet<UnfreezeStep>(() => new UnfreezeStep(0, ""))
        .Add("epoch", _none, o => o.Epoch, (o, v) => o with { Epoch = v }, "The epoch of the second phase, from 0, with which the step begins", required: true)
        .Add("from", StepOptions.Text, o => o.From, (o, v) => o with { From = v }, "The layer from which on the weights learn", required: true)));

    public static ListFormat<LearningRateGroup> Groups { get; } = new(new NestedFormat<LearningRateGroup>(new OptionSet<LearningRateGroup>(() => new LearningRateGroup("", 1))
        .Add("pattern", StepOptions.Text, o => o.Pattern, (o, v) => o with { Pattern = v }, "The names of the weights, with * for any characters", required: true)
        .Add("factor", _notNegative, o => o.Factor, (o, v) => o with { Factor = v }, "The factor on the learning rate", required: true)));
}
