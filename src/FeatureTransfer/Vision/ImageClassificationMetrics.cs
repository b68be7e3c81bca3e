namespace FeatureTransfer.Vision;

/// <summary>The rows that a metric is of.</summary>
public enum ImageClassificationDataset
{
    /// <summary>Those that teach; of features that are computed before rows are split off to validate, all.</summary>
    Train,

    /// <summary>Those that judge.</summary>
    Validation,
}

/// <summary>What <see cref="OnnxImageClassificationOptions.MetricsCallback"/> is told: of an image or of an epoch; the other property is null.</summary>
public sealed record ImageClassificationMetrics
{
    /// <summary>An epoch that is over.</summary>
    public TrainMetrics? Train { get; init; }

    /// <summary>An image whose features have been computed.</summary>
    public BottleneckMetrics? Bottleneck { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Train?.ToString() ?? Bottleneck?.ToString() ?? "";
}

/// <summary>An image whose features have been computed, or came from the feature cache.</summary>
/// <param name="DatasetUsed">Which rows the image is of.</param>
/// <param name="Index">The number of the image among them, from 1.</param>
public sealed record BottleneckMetrics(ImageClassificationDataset DatasetUsed, int Index)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"Phase: Bottleneck Computation, Dataset used: {DatasetUsed.ToString(),10}, Image Index: {Index,3}");
}

/// <summary>How some rows are judged at the end of an epoch, with the weights as they then are.</summary>
public sealed record TrainMetrics
{
    /// <summary>Which rows.</summary>
    public ImageClassificationDataset DatasetUsed { get; init; }

    /// <summary>The phase: <c>head</c> on frozen features, or <c>tuning</c> with layers of the backbone.</summary>
    public string Phase { get; init; } = "";

    /// <summary>The batches that the rows make.</summary>
    public int BatchProcessedCount { get; init; }

    /// <summary>The epoch of the phase, from 0.</summary>
    public int Epoch { get; init; }

    /// <summary>The share of the rows that is right.</summary>
    public float Accuracy { get; init; }

    /// <summary>The mean cross-entropy, in nats.</summary>
    public float CrossEntropy { get; init; }

    /// <summary>The learning rate of the epoch's last step.</summary>
    public float LearningRate { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Phase: Training ({Phase}), Dataset used: {DatasetUsed.ToString(),10}, Batch Processed Count: {BatchProcessedCount,3}, Epoch: {Epoch,3}, Accuracy: {Accuracy,10}, Cross-Entropy: {CrossEntropy,10}, Learning Rate: {LearningRate,10}");
}
