namespace FeatureTransfer.FineTuning;

/// <summary>The loss is no number any more, or grew without end.</summary>
public sealed class TrainingDivergedException : FeatureTransferException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, where, and what to try.</param>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }
}
