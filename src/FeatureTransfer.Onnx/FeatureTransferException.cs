namespace FeatureTransfer;

/// <summary>
/// Something that the user can mend: the message says what is wrong, where, what was expected and what to do.
/// </summary>
public class FeatureTransferException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, where, what was expected, what to do.</param>
    /// <param name="inner">The cause, if another exception told of it.</param>
    public FeatureTransferException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
