namespace Microsoft.ML.Trainers;

/// <summary>The rate times <see cref="DecayRate"/> to the number of decays so far, as TensorFlow's <c>exponential_decay</c>.</summary>
public sealed class ExponentialLRDecay : LearningRateScheduler
{
    /// <summary>The rate at the start.</summary>
    public float LearningRate;

    /// <summary>The batches before the one at hand; set with every rate.</summary>
    public int GlobalStep;

    /// <summary>The batches between decays; set with every rate.</summary>
    public int DecaySteps;

    /// <summary>The factor of one decay.</summary>
    public float DecayRate;

    /// <summary>Whether the rate falls in steps, not from batch to batch.</summary>
    public bool Staircase;

    /// <summary>The epochs between decays.</summary>
    public float NumEpochsPerDecay;

    public ExponentialLRDecay(float learningRate = 0.01f, float numEpochsPerDecay = 2, float decayRate = 0.94f, bool staircase = true)
    {
        LearningRate = learningRate;
        NumEpochsPerDecay = numEpochsPerDecay;
        DecayRate = decayRate;
        Staircase = staircase;
    }

    internal override float GetLearningRate(TrainingPlace place)
    {
        DecaySteps = place.StepsOf(NumEpochsPerDecay);
        GlobalStep = place.Step;
        float decays = (float)GlobalStep / DecaySteps;
        return LearningRate * MathF.Pow(DecayRate, Staircase ? MathF.Floor(decays) : decays);
    }
}
