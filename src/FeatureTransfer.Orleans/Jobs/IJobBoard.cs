namespace FeatureTransfer.Orleans.Jobs;

/// <summary>The one place where clients submit jobs and silos take shards. Orleans runs it on one silo, and on another when that dies.</summary>
[Alias("featuretransfer.board")]
internal interface IJobBoard : IGrainWithIntegerKey
{
    /// <summary>Submits a job, with what is known to be done; one that is there already stays as it is.</summary>
    [Alias("submit")]
    Task SubmitAsync(JobSpec job, Shard[] shards, byte[] done);

    /// <summary>How far a job has come; null where it is not known, as after the death of the silo that had the board.</summary>
    [Alias("progress")]
    Task<JobProgress?> ProgressAsync(Guid job);

    /// <summary>Removes a job.</summary>
    [Alias("remove")]
    Task RemoveAsync(Guid job);

    /// <summary>Takes a shard; null where there is no work.</summary>
    [Alias("take")]
    Task<ShardLease?> TakeAsync(string silo);

    /// <summary>Keeps a shard; false where the silo may stop working on it.</summary>
    [Alias("renew")]
    Task<bool> RenewAsync(string silo, Guid job, int shard, int rows);

    /// <summary>Ends a shard whose rows are in the store.</summary>
    [Alias("complete")]
    Task CompleteAsync(string silo, Guid job, int shard, string? unseen);

    /// <summary>Ends a job that cannot go on.</summary>
    [Alias("fail")]
    Task FailAsync(Guid job, string reason);
}
