namespace FeatureTransfer.Server.Batching;

/// <summary>How items are put together.</summary>
/// <param name="Size">Items of a batch, at most.</param>
/// <param name="Queue">Items that wait, at most.</param>
/// <param name="Concurrent">Batches at a time, at most.</param>
/// <param name="Wait">How long a batch that is not full waits for more while another one runs.</param>
/// <param name="Clock">Tells the time.</param>
internal sealed record BatchLimits(int Size, int Queue, int Concurrent, TimeSpan Wait, TimeProvider Clock)
{
    public static BatchLimits Of(FeatureTransferServerOptions options) =>
        new(options.MaxBatchSize, options.MaxQueuedItems, options.ConcurrentBatches, options.MaxBatchWait, options.Clock);
}
