namespace Microsoft.ML.Vision;

public sealed partial class ImageClassificationTrainer
{
    /// <summary>What a <see cref="Options.MetricsCallback"/> is told: of an image, or of an epoch; the other property is null.</summary>
    public sealed class ImageClassificationMetrics
    {
        public ImageClassificationMetrics()
        {
        }

        /// <summary>Which rows.</summary>
        public enum Dataset
        {
            Train = 0,
            Validation = 1,
        }

        public TrainMetrics? Train { get; set; }

        public BottleneckMetrics? Bottleneck { get; set; }

        public override string ToString() => Train?.ToString() ?? Bottleneck?.ToString() ?? "";
    }

    /// <summary>An image whose features have been computed.</summary>
    public sealed class BottleneckMetrics
    {
        public BottleneckMetrics()
        {
        }

        public ImageClassificationMetrics.Dataset DatasetUsed { get; set; }

        /// <summary>The number of the image in its rows, from 1.</summary>
        public int Index { get; set; }

        public override string ToString() =>
            FormattableString.Invariant($"Phase: Bottleneck Computation, Dataset used: {DatasetUsed.ToString(),10}, Image Index: {Index,3}");
    }

    /// <summary>An epoch on some rows; figures are means over its batches.</summary>
    public sealed class TrainMetrics
    {
        public TrainMetrics()
        {
        }

        public ImageClassificationMetrics.Dataset DatasetUsed { get; set; }

        public int BatchProcessedCount { get; set; }

        /// <summary>From 0.</summary>
        public int Epoch { get; set; }

        public float Accuracy { get; set; }

        public float CrossEntropy { get; set; }

        /// <summary>That of the epoch's last batch; on validation rows that of the options.</summary>
        public float LearningRate { get; set; }

        public override string ToString()
        {
            string text = FormattableString.Invariant($"Phase: Training, Dataset used: {DatasetUsed.ToString(),10}, Batch Processed Count: {BatchProcessedCount,3}, Epoch: {Epoch,3}, Accuracy: {Accuracy,10}, Cross-Entropy: {CrossEntropy,10}");
            return DatasetUsed == ImageClassificationMetrics.Dataset.Train ? text + FormattableString.Invariant($", Learning Rate: {LearningRate,10}") : text;
        }
    }
}
