namespace Microsoft.ML.Trainers;

/// <summary>Gives the learning rate of each batch.</summary>
public abstract class LearningRateScheduler
{
    private protected LearningRateScheduler()
    {
    }

    internal abstract float GetLearningRate(TrainingPlace place);
}

/// <summary>How far training has come: epoch and batch count from 0, and an epoch has one whole batch at least.</summary>
internal readonly record struct TrainingPlace(int Epoch, int Batch, int BatchSize, int BatchesPerEpoch)
{
    /// <summary>The batches before this one.</summary>
    public int Step => (Epoch * BatchesPerEpoch) + Batch;

    /// <summary>The batches of so many epochs, one at least.</summary>
    public int StepsOf(float epochs) => Math.Max(1, (int)(BatchesPerEpoch * epochs));
}
