using Microsoft.ML.Trainers;
using static Microsoft.ML.Vision.ImageClassificationTrainer;
using Dataset = Microsoft.ML.Vision.ImageClassificationTrainer.ImageClassificationMetrics.Dataset;

namespace Microsoft.ML.Vision;

/// <summary>Plain gradient descent over epochs, until they or the patience are over.</summary>
internal sealed class SoftmaxTraining(Options options, Action<ImageClassificationMetrics> report)
{
    /// <summary>Trains the layer in place; rows come in the same order every epoch.</summary>
    public void Run(SoftmaxLayer layer, BottleneckSet train, BottleneckSet? validation)
    {
        options.EarlyStoppingCriteria?.Reset();
        // Fewer rows than a batch make one batch all the same.
        int batches = Math.Max(1, train.Count / options.BatchSize);
        for (int epoch = 0; epoch < options.Epoch; epoch++)
        {
            var learned = Learn(layer, train, epoch, batches);
            CheckFinite(layer, learned);
            if (options.TestOnTrainSet)
                report(new() { Train = learned });
            if (validation is null)
                continue;
            var judged = Judge(layer, validation, epoch);
            report(new() { Train = judged });
            if (options.EarlyStoppingCriteria?.ShouldStop(judged) == true)
                break;
        }
    }

    private TrainMetrics Learn(SoftmaxLayer layer, BottleneckSet train, int epoch, int batches)
    {
        var metrics = new TrainMetrics { DatasetUsed = Dataset.Train, Epoch = epoch };
        foreach (var (rows, labels) in train.Batches(options.BatchSize))
        {
            var place = new TrainingPlace(epoch, metrics.BatchProcessedCount, options.BatchSize, batches);
            metrics.LearningRate = options.LearningRateScheduler?.GetLearningRate(place) ?? options.LearningRate;
            Add(metrics, layer.Step(rows.Span, labels.Span, metrics.LearningRate));
        }
        return metrics;
    }

    private TrainMetrics Judge(SoftmaxLayer layer, BottleneckSet validation, int epoch)
    {
        var metrics = new TrainMetrics { DatasetUsed = Dataset.Validation, Epoch = epoch, LearningRate = options.LearningRate };
        foreach (var (rows, labels) in validation.Batches(options.BatchSize))
            Add(metrics, layer.Judge(rows.Span, labels.Span));
        return metrics;
    }

    // Means over batches, each counting the same, however many rows it has.
    private static void Add(TrainMetrics metrics, (float Accuracy, float CrossEntropy) batch)
    {
        int count = ++metrics.BatchProcessedCount;
        metrics.Accuracy += (batch.Accuracy - metrics.Accuracy) / count;
        metrics.CrossEntropy += (batch.CrossEntropy - metrics.CrossEntropy) / count;
    }

    private static void CheckFinite(SoftmaxLayer layer, TrainMetrics metrics)
    {
        if (!float.IsFinite(metrics.CrossEntropy) || !float.IsFinite(System.Numerics.Tensors.TensorPrimitives.SumOfMagnitudes<float>(layer.Weights)))
            throw new InvalidOperationException(FormattableString.Invariant($"Training diverged in epoch {metrics.Epoch}: the cross-entropy is {metrics.CrossEntropy}. Lower the learning rate, which was {metrics.LearningRate}."));
    }
}
