using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.Trainers;

/// <summary>The linear scaling rule (P. Goyal et al., "Accurate, Large Minibatch SGD", 2017) with a factor from an epoch on.</summary>
public sealed class LsrDecay : LearningRateScheduler
{
    /// <summary>The rate of a batch of 128.</summary>
    public readonly float BaseLearningRate;

    private const float ReferenceBatch = 128;

    private static readonly LearningRateSchedulerItem[] _usual = [new(182, 0.0001f), new(136, 0.01f), new(91, 0.1f), new(0, 1)];

    private readonly IReadOnlyList<LearningRateSchedulerItem> _schedule;

    public LsrDecay(float baseLearningRate = 0.1f)
        : this(_usual, baseLearningRate)
    {
    }

    /// <summary>The first item whose epoch has come counts: the largest epoch goes first.</summary>
    public LsrDecay(IReadOnlyList<LearningRateSchedulerItem> lrschedule, float baseLearningRate = 0.1f)
    {
        ArgumentNullException.ThrowIfNull(lrschedule);
        _schedule = lrschedule;
        BaseLearningRate = baseLearningRate;
    }

    internal override float GetLearningRate(TrainingPlace place)
    {
        float rate = BaseLearningRate * place.BatchSize / ReferenceBatch;
        foreach (var item in _schedule)
            if (place.Epoch >= item.Epoch)
                return rate * item.ScalingFactor;
        return rate;
    }

    /// <summary>A factor, and the epoch from which on it counts.</summary>
    [SuppressMessage("Performance", "CA1815", Justification = "ML.NET's struct has no equality members.")]
    public readonly struct LearningRateSchedulerItem
    {
        public readonly int Epoch;
        public readonly float ScalingFactor;

        public LearningRateSchedulerItem(int epoch, float scalingfactor)
        {
            Epoch = epoch;
            ScalingFactor = scalingfactor;
        }
    }
}
