
namespace FeatureTransfer.FineTuning;

/// <summary>Where a fine-tuning stands, the weights aside. With them it is all that a checkpoint has to keep.</summary>
internal sealed class TuningState
{
    /// <summary>The stage that runs, by its place in the plan.</summary>
    public int Stage { get; set; }

    /// <summary>The epoch that runs.</summary>
    public int Epoch { get; set; }

    /// <summary>The batches done in it.</summary>
    public int Batch { get; set; }

    /// <summary>The steps of the optimizer in this stage.</summary>
    public long Steps { get; set; }

    /// <summary>The losses of the epoch's batches so far, times their rows.</summary>
    public double LossSum { get; set; }

    /// <summary>The rows of the epoch's batches so far.</summary>
    public long LossRows { get; set; }

    /// <summary>The largest norm of the gradients in this epoch.</summary>
    public double LargestNorm { get; set; }

    /// <summary>The seconds that the epoch took so far.</summary>
    public double Seconds { get; set; }

    /// <summary>The learning rate that the finder found; null where it did not look.</summary>
    public double? FoundLearningRate { get; set; }

    /// <summary>What the finder saw.</summary>
    public List<LearningRatePoint> LearningRateCurve { get; set; } = [];

    /// <summary>The epochs so far.</summary>
    public List<TrainingEpoch> History { get; set; } = [];

    /// <summary>The metric of the head on frozen features; null before its stage is over.</summary>
    public double? FrozenMetric { get; set; }

    /// <summary>The loss of the head on frozen features on the validation rows.</summary>
    public double? FrozenLoss { get; set; }

    /// <summary>The mean loss over the epoch so far.</summary>
    public double MeanLoss => LossRows > 0 ? LossSum / LossRows : 0;

    /// <summary>Begins an epoch.</summary>
    public void BeginEpoch(int epoch)
    {
        (Epoch, Batch) = (epoch, 0);
        (LossSum, LossRows, LargestNorm, Seconds) = (0, 0, 0, 0);
    }
}
