namespace Microsoft.ML.Trainers;

/// <summary>From a rate down to another by a polynomial, then level or again, as TensorFlow's <c>polynomial_decay</c>.</summary>
public sealed class PolynomialLRDecay : LearningRateScheduler
{
    /// <summary>The rate at the start.</summary>
    public readonly float LearningRate;

    /// <summary>The rate at the end.</summary>
    public readonly float EndLearningRate;

    /// <summary>The power of the polynomial; 1 is a line.</summary>
    public readonly float Power;

    /// <summary>Whether the course is stretched to its next multiple once it is over, and the rate rises with that.</summary>
    public readonly bool Cycle;

    /// <summary>The epochs of the course.</summary>
    public readonly float NumEpochsPerDecay;

    public PolynomialLRDecay(
        float learningRate = 0.01f, float numEpochsPerDecay = 2, float endLearningRate = 0.0001f, float power = 1, bool cycle = false)
    {
        LearningRate = learningRate;
        NumEpochsPerDecay = numEpochsPerDecay;
        EndLearningRate = endLearningRate;
        Power = power;
        Cycle = cycle;
    }

    internal override float GetLearningRate(TrainingPlace place)
    {
        int course = place.StepsOf(NumEpochsPerDecay);
        float length = Cycle && place.Step > course ? course * MathF.Ceiling((float)place.Step / course) : course;
        float done = Math.Min(1, place.Step / length);
        return ((LearningRate - EndLearningRate) * MathF.Pow(1 - done, Power)) + EndLearningRate;
    }
}
