namespace Microsoft.ML.Trainers;

/// <summary>Options of the trainers that learn row by row.</summary>
public abstract class OnlineLinearOptions : TrainerInputBaseWithLabel
{
    public int NumberOfIterations = 1;

    /// <summary>The first weights are drawn from a range of this width; 0 starts from zeros.</summary>
    public float InitialWeightsDiameter;

    /// <summary>Whether each pass takes the rows in another order, where the data can be shuffled.</summary>
    public bool Shuffle = true;

    protected OnlineLinearOptions()
    {
    }
}

/// <inheritdoc/>
public abstract class AveragedLinearOptions : OnlineLinearOptions
{
    public float LearningRate = 1;

    /// <summary>Whether the rate falls with the square root of the number of updates.</summary>
    public bool DecreaseLearningRate;

    /// <summary>After this many rows the weights are set to their average; 0 means after each pass, null never.</summary>
    public long? ResetWeightsAfterXExamples;

    /// <summary>Whether the average is brought up to date only when the weights change.</summary>
    public bool LazyUpdate = true;

    public float L2Regularization;

    /// <summary>How much more each row counts in the average than the one before it.</summary>
    public float RecencyGain;

    /// <summary>Whether the gain is a factor rather than an addend.</summary>
    public bool RecencyGainMultiplicative;

    /// <summary>Whether the model is the average of the weights rather than the last ones.</summary>
    public bool Averaged = true;

    protected AveragedLinearOptions()
    {
    }
}
