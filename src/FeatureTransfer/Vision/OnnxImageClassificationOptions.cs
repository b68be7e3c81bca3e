using FeatureTransfer.Devices;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Vision;

/// <summary>
/// How images are learned to be told apart: ML.NET's options of its <c>ImageClassificationTrainer</c>, by their names and with their defaults,
/// and those that come with a backbone of one's own.
/// </summary>
/// <remarks>
/// What ML.NET keeps in files of bottleneck values lies in the feature cache, by content, so <see cref="UseCache"/> stands for the four options
/// that name these files and ask for them; <see cref="Backbone"/> stands for <c>Arch</c>. The columns that are added are always called
/// <c>Score</c> and <c>PredictedLabel</c>.
/// </remarks>
public sealed record OnnxImageClassificationOptions
{
    /// <summary>The backbone: an id of the catalogue, a card's <c>.json</c> or a model's <c>.onnx</c>.</summary>
    public required string Backbone { get; init; }

    /// <summary>The layers that the last layer reads, aliases of the card or tensors, joined in this order. Default, and empty: the card's default layers.</summary>
    public ValueList<string> Layers { get; init; } = [];

    /// <summary>How a layer becomes a vector. Default, and null: the card's.</summary>
    public Pooling? Pooling { get; init; }

    /// <summary>How an image becomes the input. Default, and null: the card's.</summary>
    public ImagePreprocessing? Preprocessing { get; init; }

    /// <summary>The column that is read: an encoded image (vector of bytes) or a path (text). Default <c>Features</c>.</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>The label: a key of two classes or more. Default <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>Rows of one value of this column lie on one side of the validation split. Default, and null: each row is its own group.</summary>
    public string? GroupColumnName { get; init; }

    /// <summary>Rows a step, 1 to 4096. Default 10.</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>The most passes over the rows with the backbone frozen, 1 or more. Default 200.</summary>
    public int Epoch { get; init; } = 200;

    /// <summary>The learning rate where there is no <see cref="LearningRateScheduler"/>. Default 0.01.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>The learning rate of each step; null is <see cref="LearningRate"/> for all. Default: exponential decay from 0.01.</summary>
    public LearningRateDecay? LearningRateScheduler { get; init; } = new();

    /// <summary>
    /// What ends training early; null is nothing. Without validation rows it does nothing. Where there are some, the weights of the best epoch by
    /// its metric are kept, which ML.NET does not do. Default: 20 epochs without 0.01 more accuracy.
    /// </summary>
    public EarlyStoppingCriteria? EarlyStoppingCriteria { get; init; } = new();

    /// <summary>The rows that judge; null splits off <see cref="ValidationSetFraction"/>. Default null.</summary>
    public IDataView? ValidationSet { get; init; }

    /// <summary>
    /// The share of the rows that judges and does not teach, labels spread evenly, above 0 and below 1; null is none. Not used where there is a
    /// <see cref="ValidationSet"/>. Default 0.1.
    /// </summary>
    public double? ValidationSetFraction { get; init; } = 0.1;

    /// <summary>Whether <see cref="MetricsCallback"/> is told of the training rows after every epoch too. Default true.</summary>
    public bool TestOnTrainSet { get; init; } = true;

    /// <summary>Is told of every image and every epoch, by the thread that trains. Default, and null: nobody; the log has the epochs in any case.</summary>
    public Action<ImageClassificationMetrics>? MetricsCallback { get; init; }

    /// <summary>The folder that the trained network is written to as an ONNX file. Default, and null: it is not.</summary>
    public string? WorkspacePath { get; init; }

    /// <summary>What the name of that file begins with; the id of the backbone follows. Default <c>custom_retrained_model_based_on_</c>.</summary>
    public string FinalModelPrefix { get; init; } = "custom_retrained_model_based_on_";

    /// <summary>
    /// The layer, an alias or a tensor, from which on the backbone's weights learn too, its own included, once the last layer has been trained:
    /// by AdamW and half a cosine, and kept only where that beats the frozen backbone on the validation rows. Default, and null: the backbone
    /// stays as it is, as with ML.NET.
    /// </summary>
    public string? TrainableFrom { get; init; }

    /// <summary>The epochs in which the layers from <see cref="TrainableFrom"/> on learn, 1 or more. Default 10.</summary>
    public int TuningEpoch { get; init; } = 10;

    /// <summary>The learning rate of these epochs. Default 0.0001.</summary>
    public double TuningLearningRate { get; init; } = 0.0001;

    /// <summary>Checkpoints. Default: none.</summary>
    public CheckpointOptions Checkpoint { get; init; } = new();

    /// <summary>The seed of everything random: the same seed repeats a run exactly on one machine. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether features are read from and added to the feature cache. Default true.</summary>
    public bool UseCache { get; init; } = true;

    /// <summary>What the backbone and the training run on. Default <see cref="Device.Auto"/>, which is the CPU where there is nothing else.</summary>
    public Device Device { get; init; } = Device.Auto;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">One or more options are out of range; the message names all of them.</exception>
    public void Validate()
    {
        var faults = OnnxImageClassificationRules.Faults(this).ToList();
        if (faults.Count > 0)
            throw new ArgumentException($"{nameof(OnnxImageClassificationOptions)}: {string.Join("; ", faults)}.");
    }
}
