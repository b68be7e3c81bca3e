using Microsoft.ML.Vision;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>ML.NET's image trainer: a softmax layer on a frozen backbone's features, by plain gradient descent. It ends a chain whose label is a key.</summary>
public sealed record ImageClassificationStep : PipelineStep
{
    /// <summary>The column of the images' paths. Default <c>ImagePath</c>.</summary>
    public string Input { get; init; } = "ImagePath";

    /// <summary>The label: a key. Default <c>Label</c>.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>The backbone. Default <see cref="ImageClassificationTrainer.Architecture.MobilenetV2"/>, for ML.NET's ResNet comes with no package.</summary>
    public ImageClassificationTrainer.Architecture Arch { get; init; } = ImageClassificationTrainer.Architecture.MobilenetV2;

    /// <summary>The most passes over the rows. Default 200.</summary>
    public int Epoch { get; init; } = 200;

    /// <summary>Rows a step. Default 10.</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>The rate where <see cref="LearningRateScheduler"/> is none. Default 0.01.</summary>
    public float LearningRate { get; init; } = 0.01f;

    /// <summary>The rate of each batch; null is <see cref="LearningRate"/> for all. Default <see cref="LearningRateDecay"/>'s.</summary>
    public LearningRateDecay? LearningRateScheduler { get; init; } = new();

    /// <summary>When validation rows end training early; null is never. Default <see cref="Patience"/>'s.</summary>
    public Patience? EarlyStoppingCriteria { get; init; } = new();

    /// <summary>The share of the training rows that validates; null is none. Default 0.1.</summary>
    public float? ValidationSetFraction { get; init; } = 0.1f;

    /// <summary>Whether the training rows are judged after every epoch too. Default true.</summary>
    public bool TestOnTrainSet { get; init; } = true;

    /// <summary>Where a backbone is looked for first, and where features and the trained network are written; null, the default, writes neither.</summary>
    public string? WorkspacePath { get; init; }

    /// <summary>The beginning of the trained network's name. Default <c>custom_retrained_model_based_on_</c>.</summary>
    public string FinalModelPrefix { get; init; } = "custom_retrained_model_based_on_";

    /// <summary>Whether features of the training rows are taken from the workspace where they fit. Default false.</summary>
    public bool ReuseTrainSetBottleneckCachedValues { get; init; }

    /// <summary>Whether features of the validation rows are taken from the workspace where they fit. Default false.</summary>
    public bool ReuseValidationSetBottleneckCachedValues { get; init; }

    /// <summary>The file of the training rows' features. Default <c>trainSetBottleneckFile.csv</c>.</summary>
    public string TrainSetBottleneckCachedValuesFileName { get; init; } = "trainSetBottleneckFile.csv";

    /// <summary>The file of the validation rows' features. Default <c>validationSetBottleneckFile.csv</c>.</summary>
    public string ValidationSetBottleneckCachedValuesFileName { get; init; } = "validationSetBottleneckFile.csv";
}

/// <summary>How a learning rate falls.</summary>
public enum LearningRateDecayKind
{
    /// <summary>By a factor each time.</summary>
    Exponential,

    /// <summary>By a polynomial to another rate.</summary>
    Polynomial,

    /// <summary>Scaled to the batch (Goyal and others, 2017), and less from epochs 91, 136 and 182 on.</summary>
    LinearScaling,
}

/// <summary>The course of a learning rate.</summary>
public sealed record LearningRateDecay
{
    /// <summary>How the rate falls. Default <see cref="LearningRateDecayKind.Exponential"/>.</summary>
    public LearningRateDecayKind Kind { get; init; }

    /// <summary>The rate at the start. Default 0.01.</summary>
    public float LearningRate { get; init; } = 0.01f;

    /// <summary>The epochs between falls, or those of the whole course. Default 2.</summary>
    public float NumEpochsPerDecay { get; init; } = 2;

    /// <summary>The factor of an exponential fall. Default 0.94.</summary>
    public float DecayRate { get; init; } = 0.94f;

    /// <summary>Whether an exponential rate falls in steps. Default true.</summary>
    public bool Staircase { get; init; } = true;

    /// <summary>The rate at which a polynomial ends. Default 0.0001.</summary>
    public float EndLearningRate { get; init; } = 0.0001f;

    /// <summary>The power of a polynomial. Default 1.</summary>
    public float Power { get; init; } = 1;

    /// <summary>Whether a polynomial begins again. Default false.</summary>
    public bool Cycle { get; init; }
}

/// <summary>How long training waits for a better metric.</summary>
public sealed record Patience
{
    /// <summary>The metric. Default accuracy.</summary>
    public ImageClassificationTrainer.EarlyStoppingMetric Metric { get; init; } = ImageClassificationTrainer.EarlyStoppingMetric.Accuracy;

    /// <summary>How much better counts as better. Default 0.01.</summary>
    public float MinDelta { get; init; } = 0.01f;

    /// <summary>The epochs without a better metric after which training ends. Default 20.</summary>
    public int Epochs { get; init; } = 20;
}
