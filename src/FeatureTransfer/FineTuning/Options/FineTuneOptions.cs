using FeatureTransfer.Devices;
using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Audio;

namespace FeatureTransfer.FineTuning;

/// <summary>
/// How a backbone's graph is trained. The default preprocessing is linear probing, then fine-tuning (Kumar and others, 2022, arXiv:2202.10054):
/// the head learns on frozen features first, the layers behind <see cref="TrainableFrom"/> then learn with it, and what they learned is
/// kept only where it beats the frozen head on the validation rows.
/// </summary>
public sealed record FineTuneOptions
{
    /// <summary>The backbone: an id of the catalogue, a card's <c>.json</c> or a model's <c>.onnx</c>.</summary>
    public required string Backbone { get; init; }

    /// <summary>The column that is read: a text, or the path (text) or content (vector of bytes) of an image or a recording. Default <c>ImagePath</c>.</summary>
    public string InputColumnName { get; init; } = "ImagePath";

    /// <summary>A second column of text, which the backbone reads behind the first as the other half of a pair. Default, and null: none.</summary>
    public string? PairColumnName { get; init; }

    /// <summary>The label. Default <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>Rows of one value of this column lie on one side of the validation split. Default, and null: each row is its own group.</summary>
    public string? GroupColumnName { get; init; }

    /// <summary>The layers that the head reads, aliases of the card or tensors, joined in this order. Default, and empty: the card's default layers.</summary>
    public ValueList<string> Layers { get; init; } = [];

    /// <summary>How a layer becomes the head's vector. Default, and null: the card's.</summary>
    public Pooling? Pooling { get; init; }

    /// <summary>How a value becomes the input. Default, and null: the card's.</summary>
    public Preprocessing? Preprocessing { get; init; }

    /// <summary>The head. Default: linear.</summary>
    public HeadOptions Head { get; init; } = new();

    /// <summary>
    /// The layer, an alias or a tensor, from which on the weights learn, its own included. Default, and null: what
    /// <see cref="TrainablePatterns"/> names; where both are empty only the head learns.
    /// </summary>
    public string? TrainableFrom { get; init; }

    /// <summary>Names of weights that learn, with <c>*</c> for any characters; instead of <see cref="TrainableFrom"/>. Default: none.</summary>
    public ValueList<string> TrainablePatterns { get; init; } = [];

    /// <summary>
    /// Gradual unfreezing (Howard and Ruder, 2018, arXiv:1801.06146): from an epoch of the second phase on the weights from a layer on learn.
    /// The layers before the first step stay as <see cref="TrainableFrom"/> says. Default: none, everything that is to learn does from the start.
    /// </summary>
    public ValueList<UnfreezeStep> Unfreeze { get; init; } = [];

    /// <summary>Epochs of the first phase, in which the head alone learns on frozen features. Default 30.</summary>
    public int HeadEpochs { get; init; } = 30;

    /// <summary>The learning rate of the first phase. Default 0.005.</summary>
    public double HeadLearningRate { get; init; } = 0.005;

    /// <summary>Epochs of the second phase, in which the head and the layers named learn. Default 10.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>The learning rate of the second phase. Default 0.0001.</summary>
    public double LearningRate { get; init; } = 0.0001;

    /// <summary>Rows a step. Default 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Batches whose gradients are averaged to one step. Default 1.</summary>
    public int AccumulationSteps { get; init; } = 1;

    /// <summary>How gradients become steps. Default AdamW.</summary>
    public OptimizerOptions Optimizer { get; init; } = new();

    /// <summary>How the learning rate changes. Default: cosine with one epoch of warm-up.</summary>
    public ScheduleOptions Schedule { get; init; } = new();

    /// <summary>Factors on the learning rate of the weights whose names fit; the first that fits counts. Default: none.</summary>
    public ValueList<LearningRateGroup> LearningRateGroups { get; init; } = [];

    /// <summary>
    /// The factor on the learning rate from one layer to the one before it, the head having 1 (Howard and Ruder, 2018). Default 1: all the same.
    /// </summary>
    public double LayerDecay { get; init; } = 1;

    /// <summary>Looks for the learning rate of the second phase instead. Default: off.</summary>
    public LearningRateFinderOptions LearningRateFinder { get; init; } = new();

    /// <summary>What ends training early, and which weights are kept.</summary>
    public EarlyStoppingOptions EarlyStopping { get; init; } = new();

    /// <summary>
    /// The decay of an exponential moving average of the weights (Polyak and Juditsky, 1992), which then is what is judged and kept;
    /// it is held lower in the first steps. Default 0: none.
    /// </summary>
    public double EmaDecay { get; init; }

    /// <summary>Mixup and cutmix. Default: off.</summary>
    public MixOptions Mix { get; init; } = new();

    /// <summary>Brings the features of a labelled source and of a target together while the backbone learns. Default: off.</summary>
    public DomainAlignmentOptions Alignment { get; init; } = new();

    /// <summary>What is minimised.</summary>
    public TrainingLossOptions Loss { get; init; } = new();

    /// <summary>
    /// Whether the batch normalizations that learn in the second phase normalize by the mean and the variance of the batch (Ioffe and Szegedy,
    /// 2015, arXiv:1502.03167); the stored ones then follow by the momentum of their node. It needs batches of a few dozen rows.
    /// Default false: the stored ones count and stay.
    /// </summary>
    public bool BatchStatistics { get; init; }

    /// <summary>Changes training images, other each epoch. The frozen part then runs in every epoch. Default, and null: images stay as they are.</summary>
    public IImageAugmentation? Augmentation { get; init; }

    /// <summary>Changes the samples of training recordings, other each epoch; the frozen part then runs in every epoch. Default: nothing.</summary>
    public AudioAugmentationPlan AudioAugmentation { get; init; } = AudioAugmentationPlan.None;

    /// <summary>
    /// How many changed versions of each training image are made once, of which every epoch takes another; the frozen part then runs over
    /// these alone and not in every epoch. 0: new ones in each epoch. Without <see cref="Augmentation"/> or <see cref="AudioAugmentation"/>, or where images are mixed, it
    /// does nothing. Default 0.
    /// </summary>
    public int AugmentationViews { get; init; }

    /// <summary>Whether training inputs are changed at random.</summary>
    internal bool IsAugmented => Augmentation is not null || !AudioAugmentation.IsEmpty;

    /// <summary>The share of the rows that judge and do not teach; labels are spread evenly, groups stay whole. 0 is none. Default 0.2.</summary>
    public double ValidationFraction { get; init; } = 0.2;

    /// <summary>The seed of everything random: the same seed repeats a run exactly on one machine. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Checkpoints. Default: none.</summary>
    public CheckpointOptions Checkpoint { get; init; } = new();

    /// <summary>
    /// A model that was saved before, whose backbone and head are trained further; classes that it lacks are added to the head and the others
    /// keep their weights. Default, and null: a new head.
    /// </summary>
    public string? ContinueFrom { get; init; }

    /// <summary>Whether the tuned weights stay even where the frozen head does better on the validation rows. Default false.</summary>
    public bool AlwaysKeepTuned { get; init; }

    /// <summary>Whether activations of the frozen part are read from and added to the feature cache. Default true.</summary>
    public bool UseCache { get; init; } = true;

    /// <summary>Megabytes of activations, and of images that are no files, that are held in memory; more lie in a temporary file. Default 1024.</summary>
    public int ActivationMemory { get; init; } = 1024;

    /// <summary>
    /// What the frozen part and the training run on. Default <see cref="Device.Auto"/>, which is the CPU where there is nothing else; the log
    /// says why. A device that is named and cannot be had is an error.
    /// </summary>
    public Device Device { get; init; } = Device.Auto;

    /// <summary>Threads within an operator on the CPU. Default, and null: one a core.</summary>
    public int? IntraOpThreads { get; init; }

    /// <summary>How the first phase learns; null: as the second, but for its epochs and its learning rate.</summary>
    internal HeadTraining? HeadTraining { get; init; }

    /// <summary>Whether the rows that judge are given beside those that teach; <see cref="ValidationFraction"/> is then not used.</summary>
    internal bool SeparateValidation { get; init; }

    /// <summary>Whether anything besides the head is to learn.</summary>
    public bool TunesBackbone => Epochs > 0 && (TrainableFrom is not null || TrainablePatterns.Count > 0 || Unfreeze.Count > 0);

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">One or more options are out of range; the message names all of them.</exception>
    public void Validate()
    {
        var faults = FineTuneOptionRules.Faults(this).ToList();
        if (faults.Count > 0)
            throw new ArgumentException($"{nameof(FineTuneOptions)}: {string.Join("; ", faults)}.");
    }
}
