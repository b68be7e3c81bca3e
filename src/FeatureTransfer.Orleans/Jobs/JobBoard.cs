namespace FeatureTransfer.Orleans.Jobs;

/// <summary>Jobs in the order in which they came. They are kept in memory alone: a client holds what it needs to submit its job again.</summary>
internal sealed class JobBoard(ExtractionSiloOptions options, TimeProvider clock) : Grain, IJobBoard
{
    // Whose client is gone for so long, nobody waits for.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);
    private readonly OrderedDictionary<Guid, JobState> _jobs = [];
    private readonly Dictionary<string, long> _silos = [];

    public Task SubmitAsync(JobSpec job, Shard[] shards, byte[] done)
    {
        _jobs.TryAdd(job.Id, new JobState(job, shards, done, options.Cluster.DeadAfter, clock));
        return Task.CompletedTask;
    }

    public Task<JobProgress?> ProgressAsync(Guid job) => Task.FromResult(_jobs.TryGetValue(job, out var state) ? state.Progress(Silos()) : null);

    public Task RemoveAsync(Guid job)
    {
        _jobs.Remove(job);
        return Task.CompletedTask;
    }

    public Task<ShardLease?> TakeAsync(string silo)
    {
        _silos[silo] = clock.GetTimestamp();
        foreach (var (id, _) in _jobs.Where(job => clock.GetElapsedTime(job.Value.Asked) >= _patience).ToList())
            _jobs.Remove(id);
        return Task.FromResult(_jobs.Values.Select(state => state.Take(silo)).FirstOrDefault(lease => lease is not null));
    }

    // A job that is not known may be submitted again in a moment: its work is not thrown away.
    public Task<bool> RenewAsync(string silo, Guid job, int shard, int rows)
    {
        _silos[silo] = clock.GetTimestamp();
        return Task.FromResult(!_jobs.TryGetValue(job, out var state) || state.Renew(silo, shard, rows));
    }

    public Task CompleteAsync(string silo, Guid job, int shard, string? unseen)
    {
        _jobs.GetValueOrDefault(job)?.Complete(silo, shard, unseen);
        return Task.CompletedTask;
    }

    public Task FailAsync(Guid job, string reason)
    {
        _jobs.GetValueOrDefault(job)?.Fail(reason);
        return Task.CompletedTask;
    }

    private int Silos() => _silos.Values.Count(seen => clock.GetElapsedTime(seen) < options.Cluster.DeadAfter);
}
