using FeatureTransfer.FineTuning;

namespace FeatureTransfer.Vision;

/// <summary>Tells a metrics callback of images and epochs.</summary>
internal sealed class MetricsReporter(Action<ImageClassificationMetrics> tell, bool testOnTrainSet, int batchSize) : ITuningObserver
{
    private int _training;
    private int _validation;

    public void Extracted(TuningRow row) => tell(new ImageClassificationMetrics
    {
        Bottleneck = row.Validates
            ? new BottleneckMetrics(ImageClassificationDataset.Validation, ++_validation)
            : new BottleneckMetrics(ImageClassificationDataset.Train, ++_training),
    });

    public void Ended(TrainingEpoch epoch, ValidationScores? validation, Func<ValidationScores>? training)
    {
        if (testOnTrainSet && training is not null)
            Tell(ImageClassificationDataset.Train, epoch, training());
        if (validation is not null)
            Tell(ImageClassificationDataset.Validation, epoch, validation);
    }

    private void Tell(ImageClassificationDataset dataset, TrainingEpoch epoch, ValidationScores scores) => tell(new ImageClassificationMetrics
    {
        Train = new TrainMetrics
        {
            DatasetUsed = dataset,
            Phase = epoch.Phase,
            BatchProcessedCount = (scores.Rows + batchSize - 1) / batchSize,
            Epoch = epoch.Epoch - 1,
            Accuracy = (float)scores.Metric(ValidationMetric.Accuracy),
            CrossEntropy = (float)scores.Loss(),
            LearningRate = (float)epoch.LearningRate,
        },
    });
}
