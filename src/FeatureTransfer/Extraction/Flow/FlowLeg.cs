using FeatureTransfer.Extraction.Sessions;
using FeatureTransfer.Extraction.Tuning;

namespace FeatureTransfer.Extraction.Flow;

/// <summary>
/// One stretch of a flow under one setting: the workers on a shared source. It ends with the source, at a limit, or when it is disposed. One row
/// is work for one thread: whoever waits for it computes it, as threads would cost more than they share where a server asks row by row.
/// </summary>
internal sealed class FlowLeg<T> : IDisposable
{
    private readonly FeatureStages _stages;
    private readonly FeatureSession _session;
    private readonly IEnumerator<FlowInput<T>> _source;
    private readonly FlowSchedule<T> _schedule;
    private readonly CancellationTokenRegistration _cancellation;
    private readonly Thread[] _workers;

    public FlowLeg(FeatureStages stages, FeatureSession session, TensorPool pool, ExtractionSettings settings, IEnumerator<FlowInput<T>> source, long limit, long? total, CancellationToken cancellationToken)
    {
        _stages = stages;
        _session = session;
        _source = source;
        _schedule = new FlowSchedule<T>(pool, settings, limit);
        _cancellation = cancellationToken.Register(() => _schedule.Stop(new OperationCanceledException(cancellationToken)));
        _workers = [.. Enumerable.Range(0, total <= 1 ? 0 : settings.Workers).Select(i => new Thread(() => Work(() => false)) { IsBackground = true, Name = $"FeatureFlow {i}" })];
        Array.ForEach(_workers, worker => worker.Start());
    }

    /// <summary>Whether rows may be left in the source.</summary>
    public bool ReachedLimit => _schedule.ReachedLimit;

    /// <summary>Blocks until a row is there.</summary>
    /// <returns>False at the end.</returns>
    public bool Wait()
    {
        if (_workers.Length == 0)
            Work(() => _schedule.Rows.TryPeek(out _));
        else
            _schedule.WaitForRow();
        return _schedule.Rows.WaitToReadAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Takes a row that is there.</summary>
    public bool TryTake(out FlowRow<T> row)
    {
        if (!_schedule.Rows.TryRead(out row))
            return false;
        _schedule.Took();
        return true;
    }

    /// <summary>Stops the work, waits for what is being done at the moment, and returns all memory.</summary>
    public void Dispose()
    {
        _cancellation.Dispose();
        _schedule.Stop(null);
        Array.ForEach(_workers, worker => worker.Join());
        _schedule.Release();
        _schedule.Dispose();
        _stages.Flush();
    }

    private void Work(Func<bool> isDone)
    {
        try
        {
            var buffer = new EncodedBuffer();
            while (!isDone() && _schedule.TryNext(out var job))
            {
                if (job.Slot is null)
                    Run(job.Batch);
                else if (TryRead(job) is { } row)
                    Decode(job, row, buffer);
            }
        }
        catch (Exception exception)
        {
            // The consumer throws it.
            _schedule.Stop(exception);
        }
    }

    private FlowTicket<T>? TryRead(FlowJob<T> job)
    {
        try
        {
            if (_source.MoveNext())
                return _schedule.Enter(_source.Current);
            _schedule.End(job, null);
        }
        catch (Exception exception)
        {
            _schedule.End(job, exception);
        }

        return null;
    }

    private void Decode(FlowJob<T> job, FlowTicket<T> row, EncodedBuffer buffer)
    {
        try
        {
            var prepared = _stages.Prepare(row.Input, buffer, () => job.Batch.Tensors, job.Slot!.Value);
            row.Key = prepared.Key;
            if (prepared.Cached is { } features)
                _schedule.Settled(job, row, features, null);
            else
                _schedule.Decoded(job, row);
        }
        catch (BadInputException exception)
        {
            _schedule.Settled(job, row, null, exception);
        }
    }

    private void Run(FlowBatch<T> batch)
    {
        var rows = batch.Rows;
        _session.Run(batch.Tensors, rows, batch.Filled);
        var features = new float[]?[rows];
        for (var slot = 0; slot < rows; slot++)
        {
            if (batch[slot] is { } row)
                features[slot] = _stages.Take(batch.Tensors, slot, row.Key);
        }

        _schedule.Ran(batch, features);
    }
}
