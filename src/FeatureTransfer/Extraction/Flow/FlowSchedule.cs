using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using FeatureTransfer.Extraction.Sessions;
using FeatureTransfer.Extraction.Tuning;

namespace FeatureTransfer.Extraction.Flow;

/// <summary>
/// Who does what next. Any worker decodes or runs a batch, whichever is due: the one that fills a batch runs it while its tensor is warm
/// in the core's cache, and no core waits for another. Rows leave in the order in which they came, through a bounded channel.
/// </summary>
/// <param name="pool">Where batches get their memory.</param>
/// <param name="settings">How many at once.</param>
/// <param name="limit">After how many decoded rows no more is read.</param>
internal sealed class FlowSchedule<T>(TensorPool pool, ExtractionSettings settings, long limit) : IDisposable
{
    // Rows beyond those in batches: cached ones, that wait for their turn.
    private const int Slack = 64;

    private readonly object _lock = new();

    // It does not spin: a consumer that waits actively takes a core from the workers at each row.
    private readonly ManualResetEventSlim _change = new(initialState: false, spinCount: 0);
    private readonly int _window = (settings.Batches * settings.BatchSize) + Slack;
    private readonly Channel<FlowRow<T>> _out = Channel.CreateBounded<FlowRow<T>>(new BoundedChannelOptions((settings.Batches * settings.BatchSize) + Slack) { SingleReader = true });
    private readonly Queue<FlowTicket<T>> _order = new();
    private readonly List<FlowBatch<T>> _open = [];
    private readonly Queue<FlowBatch<T>> _ready = new();
    private readonly HashSet<FlowBatch<T>> _live = [];
    private int _runs;
    private int _decodes;
    private int _delivered;
    private long _decoded;
    private bool _reading;
    private bool _ended;
    private bool _stopped;
    private Exception? _sourceFailure;

    /// <summary>The rows in the order in which they were read; the channel ends with the failure, if there was one.</summary>
    public ChannelReader<FlowRow<T>> Rows => _out.Reader;

    /// <summary>Whether the reading ended at the limit, with the source not exhausted.</summary>
    public bool ReachedLimit { get; private set; }

    private bool IsAnswered => _out.Reader.TryPeek(out _) || _out.Reader.Completion.IsCompleted;

    private bool MayRead => !_reading && !_ended && _decodes < settings.DecodeThreads && _order.Count + _delivered < _window
        && (_open.Count > 0 || _live.Count < settings.Batches);

    /// <summary>Blocks until there is a row to take, or the channel has ended.</summary>
    public void WaitForRow()
    {
        while (!IsAnswered)
        {
            _change.Reset();
            if (!IsAnswered)
                _change.Wait();
        }
    }

    /// <summary>Waits for the next job.</summary>
    /// <returns>False when there is nothing left to do.</returns>
    public bool TryNext(out FlowJob<T> job)
    {
        lock (_lock)
        {
            while (!_stopped)
            {
                if (TryRun(out job) || TryDecode(out job))
                    return true;
                if (_ended && !_reading && _order.Count == 0)
                {
                    Finish();
                    break;
                }

                Monitor.Wait(_lock);
            }

            job = default;
            return false;
        }
    }

    /// <summary>Gives the input that was read its place in the order; others may read now.</summary>
    public FlowTicket<T> Enter(FlowInput<T> input)
    {
        var ticket = new FlowTicket<T>(input);
        lock (_lock)
        {
            _reading = false;
            _order.Enqueue(ticket);
            Monitor.PulseAll(_lock);
        }

        return ticket;
    }

    /// <summary>Ends the reading; what was read before is finished, then the failure is told.</summary>
    public void End(FlowJob<T> job, Exception? failure)
    {
        lock (_lock)
        {
            (_reading, _ended, _sourceFailure) = (false, true, failure);
            GiveBack(job);
        }
    }

    /// <summary>The slot holds the decoded row.</summary>
    public void Decoded(FlowJob<T> job, FlowTicket<T> row)
    {
        lock (_lock)
        {
            _decodes--;
            job.Batch.Fill(job.Slot!.Value, row);
            if (++_decoded >= limit && !_ended)
                (_ended, ReachedLimit) = (true, true);
            if (job.Batch.IsStill && !job.Batch.HasFree)
                _ready.Enqueue(job.Batch);
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>The row needs no computing: it was cached, or cannot be used.</summary>
    public void Settled(FlowJob<T> job, FlowTicket<T> row, float[]? features, BadInputException? error)
    {
        lock (_lock)
        {
            row.Settle(features, error);
            GiveBack(job);
            Deliver();
        }
    }

    /// <summary>The batch was run and its rows are settled.</summary>
    public void Ran(FlowBatch<T> batch, IReadOnlyList<float[]?> features)
    {
        lock (_lock)
        {
            _runs--;
            _live.Remove(batch);
            batch.Release();
            for (var slot = 0; slot < features.Count; slot++)
                batch[slot]?.Settle(features[slot], null);
            Deliver();
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>The consumer took a row from the channel.</summary>
    public void Took()
    {
        lock (_lock)
        {
            _delivered--;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Stops all work at once.</summary>
    public void Stop(Exception? failure)
    {
        lock (_lock)
        {
            _stopped = true;
            _out.Writer.TryComplete(failure);
            _change.Set();
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Returns all memory; nobody works any more.</summary>
    public void Release()
    {
        foreach (var batch in _live)
            batch.Release();
        _live.Clear();
    }

    public void Dispose() => _change.Dispose();

    private bool TryRun(out FlowJob<T> job)
    {
        job = default;
        if (_runs >= settings.Sessions || !TryTakeBatch(out var batch))
            return false;
        _runs++;
        job = new FlowJob<T>(batch, null);
        return true;
    }

    private bool TryTakeBatch([NotNullWhen(true)] out FlowBatch<T>? batch)
    {
        if (_ready.TryDequeue(out batch))
            return true;

        // A batch that cannot be filled any more, or that the rows behind it wait for, goes as it is.
        if (!_ended && !(_delivered == 0 && _order.Count >= _window))
            return false;
        batch = _open.Find(open => open.IsStill && !open.IsEmpty);
        return batch is not null && _open.Remove(batch);
    }

    private bool TryDecode(out FlowJob<T> job)
    {
        job = default;
        if (!MayRead)
            return false;
        if (_open.Count == 0)
        {
            _open.Add(new FlowBatch<T>(pool, settings.BatchSize));
            _live.Add(_open[0]);
        }

        var batch = _open[0];
        (_reading, job) = (true, new FlowJob<T>(batch, batch.Take()));
        _decodes++;
        if (!batch.HasFree)
            _open.Remove(batch);
        return true;
    }

    private void GiveBack(FlowJob<T> job)
    {
        _decodes--;
        if (!job.Batch.HasFree)
            _open.Insert(0, job.Batch);
        job.Batch.GiveBack(job.Slot!.Value);
        Monitor.PulseAll(_lock);
    }

    private void Deliver()
    {
        // There is always room, for reading stops at the window.
        while (_order.TryPeek(out var first) && first.IsSettled)
        {
            _out.Writer.TryWrite(_order.Dequeue().ToRow());
            _delivered++;
            _change.Set();
        }
    }

    private void Finish()
    {
        _stopped = true;
        _out.Writer.TryComplete(_sourceFailure);
        _change.Set();
        Monitor.PulseAll(_lock);
    }
}
