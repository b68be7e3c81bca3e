namespace FeatureTransfer.Pipelines;

/// <summary>More rows were rejected than the pipeline allows; what the others gave is saved.</summary>
public sealed class TooManyRejectedException : FeatureTransferException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">How many, of how many, and where the reasons are.</param>
    /// <param name="result">What the other rows gave.</param>
    public TooManyRejectedException(string message, RunResult result)
        : base(message) => Result = result;

    /// <summary>What the other rows gave.</summary>
    public RunResult Result { get; }
}
