namespace FeatureTransfer;

/// <summary>Is told of each row that is left out. Implementations are safe to call from several threads.</summary>
public interface IRejectedRowSink
{
    /// <summary>Takes note of a row; the same row may be told of more than once.</summary>
    /// <param name="row">The row and the reason.</param>
    void Reject(RejectedRow row);
}
