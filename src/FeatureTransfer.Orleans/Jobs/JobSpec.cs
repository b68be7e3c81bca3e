namespace FeatureTransfer.Orleans.Jobs;

/// <summary>What a job computes, and where its inputs and its results lie; without its shards, so that it may go along with each.</summary>
[GenerateSerializer, Immutable, Alias("featuretransfer.job")]
internal sealed record JobSpec
{
    /// <summary>The job; a new one each time that a client asks.</summary>
    [Id(0)]
    public required Guid Id { get; init; }

    /// <summary>The client's version of FeatureTransfer.</summary>
    [Id(1)]
    public required string Version { get; init; }

    /// <summary>A hash of the cut graph and of the preprocessing, see <c>FeatureExtractor.Fingerprint</c>.</summary>
    [Id(2)]
    public required string Fingerprint { get; init; }

    /// <summary>The backbone's id, or its path.</summary>
    [Id(3)]
    public required string Backbone { get; init; }

    /// <summary>The layers; null are the card's.</summary>
    [Id(4)]
    public string[]? Layers { get; init; }

    /// <summary>How a layer becomes a vector; null is the card's way.</summary>
    [Id(5)]
    public string? Pooling { get; init; }

    /// <summary>Whether each layer's vector is divided by its length.</summary>
    [Id(6)]
    public bool UnitLength { get; init; }

    /// <summary>The folder of the shared feature cache.</summary>
    [Id(7)]
    public required string Store { get; init; }

    /// <summary>The list of inputs, see <see cref="InputList"/>.</summary>
    [Id(8)]
    public required string List { get; init; }

    /// <summary>The folder from which relative paths in the list start.</summary>
    [Id(9)]
    public required string Folder { get; init; }
}
