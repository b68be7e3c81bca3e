namespace FeatureTransfer.Orleans.Jobs;

/// <summary>A range of rows of a list of inputs.</summary>
/// <param name="Number">Which shard of the job, from 0.</param>
/// <param name="Offset">The byte at which its first row begins.</param>
/// <param name="Rows">How many rows.</param>
[GenerateSerializer, Immutable, Alias("featuretransfer.shard")]
internal readonly record struct Shard([property: Id(0)] int Number, [property: Id(1)] long Offset, [property: Id(2)] int Rows);

/// <summary>A shard that a silo may work on until others take it over.</summary>
/// <param name="Job">What is computed.</param>
/// <param name="Shard">Of which rows.</param>
[GenerateSerializer, Immutable, Alias("featuretransfer.lease")]
internal sealed record ShardLease([property: Id(0)] JobSpec Job, [property: Id(1)] Shard Shard);

/// <summary>How far a job has come.</summary>
[GenerateSerializer, Immutable, Alias("featuretransfer.progress")]
internal sealed record JobProgress
{
    /// <summary>Rows done, those of shards that are being worked on with them.</summary>
    [Id(0)]
    public long Rows { get; init; }

    /// <summary>Whether each shard is done, a bit each.</summary>
    [Id(1)]
    public byte[] Done { get; init; } = [];

    /// <summary>Whether all are.</summary>
    [Id(2)]
    public bool IsDone { get; init; }

    /// <summary>How many silos were heard of lately.</summary>
    [Id(3)]
    public int Silos { get; init; }

    /// <summary>Why the job cannot go on, with the machine's name; null while it can.</summary>
    [Id(4)]
    public string? Failure { get; init; }

    /// <summary>Files that machines do not see, the first of each.</summary>
    [Id(5)]
    public UnseenFile[] Unseen { get; init; } = [];
}

/// <summary>A file that a machine does not see.</summary>
[GenerateSerializer, Immutable, Alias("featuretransfer.unseen")]
internal sealed record UnseenFile([property: Id(0)] string Silo, [property: Id(1)] string Path);
