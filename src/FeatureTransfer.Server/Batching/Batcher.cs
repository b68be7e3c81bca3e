using FeatureTransfer.Server.Telemetry;

namespace FeatureTransfer.Server.Batching;

/// <summary>
/// Puts the items of concurrent requests together. An idle model takes what there is at once; while it works, items gather, so that batches
/// grow with the load and nobody waits for company that does not come.
/// </summary>
/// <param name="run">Answers items, one result an item, in their order.</param>
/// <param name="limits">How items are put together.</param>
/// <param name="metrics">Is told of queue and batches.</param>
internal sealed class Batcher<TItem, TResult>(Func<IReadOnlyList<TItem>, IReadOnlyList<TResult>> run, BatchLimits limits, ServerMetrics metrics)
{
    // How much the last batch counts in the estimate of what an item costs.
    private const double Newest = 0.2;
    private readonly Lock _lock = new();
    private readonly Queue<Waiting<TItem, TResult>> _queue = new();
    private TaskCompletionSource _full = New();
    private int _running;
    private double _secondsAnItem;

    /// <summary>Puts items into the queue, all or none.</summary>
    /// <param name="items">The items.</param>
    /// <param name="gone">Tells that nobody waits for the answers any more: what has not begun is left out then.</param>
    /// <returns>An answer an item; null where the queue is full.</returns>
    public IReadOnlyList<Task<TResult>>? TryAdd(IReadOnlyList<TItem> items, CancellationToken gone)
    {
        var now = limits.Clock.GetTimestamp();
        List<Waiting<TItem, TResult>> waiting = [.. items.Select(item => new Waiting<TItem, TResult>(item, now, gone))];
        var starts = 0;
        lock (_lock)
        {
            if (_queue.Count + items.Count > limits.Queue)
                return null;
            waiting.ForEach(_queue.Enqueue);
            if (_queue.Count >= limits.Size)
                _full.TrySetResult();
            var wanted = (_queue.Count + limits.Size - 1) / limits.Size;
            starts = Math.Min(wanted, limits.Concurrent - _running);
            _running += starts;
        }

        metrics.Queued(items.Count);
        for (var i = 0; i < starts; i++)
            _ = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        return waiting.ConvertAll(item => item.Answer.Task);
    }

    /// <summary>In how many seconds the queue will have room again, by what items cost of late; 1 to 60.</summary>
    public int SecondsUntilRoom()
    {
        lock (_lock)
            return (int)Math.Clamp(Math.Ceiling(_queue.Count * _secondsAnItem), 1, 60);
    }

    // On a thread of its own: a model that computes would take threads of the pool, which requests need at the same time, and the pool
    // grows by one or two a second.
    private void Work()
    {
        while (true)
        {
            GatherAsync().GetAwaiter().GetResult();
            if (Take() is not { } batch)
                return;
            Answer(batch);
        }
    }

    private Task GatherAsync()
    {
        Task full;
        lock (_lock)
        {
            if (_running == 1 || _queue.Count == 0 || _queue.Count >= limits.Size)
                return Task.CompletedTask;
            full = _full.Task;
        }

        return Task.WhenAny(full, Task.Delay(limits.Wait, limits.Clock));
    }

    // A batch is answered when its last item is, so the queue is shared out among the batches that may run. Nothing left ends the work,
    // within the lock: who comes next starts it again.
    private List<Waiting<TItem, TResult>>? Take()
    {
        var batch = new List<Waiting<TItem, TResult>>(limits.Size);
        lock (_lock)
        {
            var share = Math.Min(limits.Size, (_queue.Count + limits.Concurrent - 1) / limits.Concurrent);
            while (batch.Count < share && _queue.TryDequeue(out var waiting))
                batch.Add(waiting);
            if (_full.Task.IsCompleted && _queue.Count < limits.Size)
                _full = New();
            if (batch.Count > 0)
                return batch;
            _running--;
            return null;
        }
    }

    private void Answer(List<Waiting<TItem, TResult>> batch)
    {
        foreach (var waiting in batch)
            metrics.Started(limits.Clock.GetElapsedTime(waiting.Since));
        foreach (var gone in batch.Where(waiting => waiting.Gone.IsCancellationRequested))
            gone.Answer.TrySetCanceled(gone.Gone);
        var wanted = batch.FindAll(waiting => !waiting.Answer.Task.IsCompleted);
        if (wanted.Count == 0)
            return;
        metrics.Batched(wanted.Count);
        using var activity = ServerMetrics.Activities.StartActivity("featuretransfer.batch");
        activity?.SetTag("featuretransfer.batch.size", wanted.Count);
        var start = limits.Clock.GetTimestamp();
        RunOrEachAlone(wanted);
        var seconds = limits.Clock.GetElapsedTime(start).TotalSeconds / wanted.Count;
        lock (_lock)
            _secondsAnItem = _secondsAnItem == 0 ? seconds : ((1 - Newest) * _secondsAnItem) + (Newest * seconds);
    }

    // What nobody foresaw in one item fails that one alone.
    private void RunOrEachAlone(List<Waiting<TItem, TResult>> batch)
    {
        try
        {
            var answers = run(batch.ConvertAll(waiting => waiting.Item));
            for (var i = 0; i < batch.Count; i++)
                batch[i].Answer.TrySetResult(answers[i]);
        }
        catch (Exception) when (batch.Count > 1)
        {
            foreach (var waiting in batch)
                RunOrEachAlone([waiting]);
        }
        catch (Exception exception)
        {
            batch[0].Answer.TrySetException(exception);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
