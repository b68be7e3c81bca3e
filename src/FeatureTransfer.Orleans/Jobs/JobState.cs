using System.Collections;

namespace FeatureTransfer.Orleans.Jobs;

/// <summary>
/// A job's shards: which are done, and who holds the others until when. All that can happen twice may happen twice, for rows that are in the store
/// cost little to do again: a lease that expired is given to another, and whoever comes first ends the shard.
/// </summary>
/// <param name="spec">What is computed.</param>
/// <param name="shards">The shards, by number.</param>
/// <param name="done">Whether each is done, a bit each; empty at the beginning.</param>
/// <param name="leaseTime">For how long a shard is given away unless it is asked for again.</param>
/// <param name="clock">Says what time it is.</param>
internal sealed class JobState(JobSpec spec, IReadOnlyList<Shard> shards, byte[] done, TimeSpan leaseTime, TimeProvider clock)
{
    private readonly BitArray _done = new(done) { Length = shards.Count };
    private readonly Dictionary<int, Lease> _leases = [];
    private readonly Queue<int> _returned = [];
    private readonly Dictionary<string, UnseenFile> _unseen = [];
    private long _doneRows = shards.Where((_, number) => number / 8 < done.Length && (done[number / 8] >> (number % 8) & 1) != 0).Sum(shard => (long)shard.Rows);
    private int _next;
    private string? _failure;

    /// <summary>When somebody last asked how far it has come.</summary>
    public long Asked { get; private set; } = clock.GetTimestamp();

    /// <summary>Gives a shard that nobody works on, or null where there is none.</summary>
    public ShardLease? Take(string silo)
    {
        if (_failure is not null)
            return null;
        TakeBackExpired();
        var number = NextFree();
        if (number is null)
            return null;
        _leases[number.Value] = new Lease(silo, clock.GetTimestamp(), 0);
        return new ShardLease(spec, shards[number.Value]);
    }

    /// <summary>Keeps a lease, or takes up one of a board that was lost.</summary>
    /// <returns>False where the shard is done, or another's.</returns>
    public bool Renew(string silo, int number, int rows)
    {
        if (_failure is not null || _done[number] || (_leases.TryGetValue(number, out var lease) && lease.Silo != silo))
            return false;
        _leases[number] = new Lease(silo, clock.GetTimestamp(), rows);
        return true;
    }

    /// <summary>Ends a shard, whoever held it.</summary>
    public void Complete(string silo, int number, string? unseen)
    {
        _leases.Remove(number);
        if (unseen is not null)
            _unseen.TryAdd(silo, new UnseenFile(silo, unseen));
        if (_done[number])
            return;
        _done[number] = true;
        _doneRows += shards[number].Rows;
    }

    /// <summary>Ends the job.</summary>
    public void Fail(string reason) => _failure ??= reason;

    /// <summary>How far it has come.</summary>
    public JobProgress Progress(int silos)
    {
        Asked = clock.GetTimestamp();
        var bits = new byte[(shards.Count + 7) / 8];
        _done.CopyTo(bits, 0);
        return new JobProgress
        {
            Rows = _doneRows + _leases.Values.Sum(lease => (long)lease.Rows),
            Done = bits,
            IsDone = _done.HasAllSet(),
            Silos = silos,
            Failure = _failure,
            Unseen = [.. _unseen.Values],
        };
    }

    private void TakeBackExpired()
    {
        foreach (var (number, _) in _leases.Where(lease => clock.GetElapsedTime(lease.Value.Since) >= leaseTime).ToList())
        {
            _leases.Remove(number);
            _returned.Enqueue(number);
        }
    }

    private int? NextFree()
    {
        while (_returned.TryDequeue(out var number))
        {
            if (IsFree(number))
                return number;
        }

        while (_next < shards.Count)
        {
            if (IsFree(_next++))
                return _next - 1;
        }

        return null;
    }

    private bool IsFree(int number) => !_done[number] && !_leases.ContainsKey(number);

    private readonly record struct Lease(string Silo, long Since, int Rows);
}
