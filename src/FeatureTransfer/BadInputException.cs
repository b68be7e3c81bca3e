namespace FeatureTransfer;

/// <summary>One input that cannot be used: an unreadable image, a missing file. The rows beside it are good.</summary>
public sealed class BadInputException : FeatureTransferException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="input">The input: a path, or a name for bytes without one.</param>
    /// <param name="reason">Why it cannot be used.</param>
    /// <param name="inner">The cause, if another exception told of it.</param>
    public BadInputException(string input, string reason, Exception? inner = null)
        : base($"{input}: {reason}", inner)
    {
        Input = input;
        Reason = reason;
    }

    /// <summary>The input: a path, or a name for bytes without one.</summary>
    public string Input { get; }

    /// <summary>Why it cannot be used.</summary>
    public string Reason { get; }
}
