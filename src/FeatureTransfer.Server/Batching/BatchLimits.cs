namespace FeatureTransfer.Server.Batching;

/// <summary>How items are put together.</summary>
/// <param name="Size">Items of a batch, at most.</param>
/// <param name="Queue">Items that wait, at most.</param>
/// <param name="Concurrent">Batches at a time, at most.</param>
/// <param name="Wait">How long a batch that is not full waits for more while another one runs.</param>
/// <param name="Clock">Tells the time.</param>
internal sealed record BatchLimits(int Size, int Queue, int Concurrent, TimeSpan Wait, TimeProvider Clock)
{
    /// <summary>The limits of a model.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="alone">Whether its items are best computed one by one: then each core takes the next that waits, and nobody waits for a neighbour.</param>
    public static BatchLimits Of(FeatureTransferServerOptions options, bool alone) => alone
        ? new(1, options.MaxQueuedItems, options.ConcurrentBatches ?? Environment.ProcessorCount, TimeSpan.Zero, options.Clock)
        : new(options.MaxBatchSize, options.MaxQueuedItems, options.ConcurrentBatches ?? 2, options.MaxBatchWait, options.Clock);
}
