namespace FeatureTransfer.Server.Batching;

/// <summary>How items are put together.</summary>
/// <param name="Size">Items of a batch, at most.</param>
/// <param name="Queue">Items that wait, at most.</param>
/// <param name="Concurrent">Batches at a time, at most.</param>
/// <param name="Wait">How long a batch that is not full waits for more while another one runs.</param>
/// <param name="Clock">Tells the time.</param>
internal sealed record BatchLimits(int Size, int Queue, int Concurrent, TimeSpan Wait, TimeProvider Clock)
{
    /// <summary>Cores that the batches share: a batch computes an item a core.</summary>
    public int Cores { get; init; } = Environment.ProcessorCount;

    public static BatchLimits Of(FeatureTransferServerOptions options) =>
        new(options.MaxBatchSize, options.MaxQueuedItems, options.ConcurrentBatches, options.MaxBatchWait, options.Clock);

    /// <summary>
    /// How many of the items that wait the next batch takes. A batch is answered when its last item is, and what it leaves goes to whichever
    /// batch ends first: so it takes an item for each of its cores, and more only of a long queue, where the cost of a batch counts. Where
    /// batches wait for more items, large ones pay, and the queue is shared out among those that may run.
    /// </summary>
    public int Share(int waiting) => Math.Clamp(Wait > TimeSpan.Zero ? (waiting + Concurrent - 1) / Concurrent : Math.Max(Cores, waiting / 2) / Concurrent, 1, Size);
}
