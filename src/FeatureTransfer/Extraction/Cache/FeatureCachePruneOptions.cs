namespace FeatureTransfer.Extraction;

/// <summary>What goes when a cache is pruned; by default only damaged and repeated records.</summary>
public sealed record FeatureCachePruneOptions
{
    /// <summary>Features that were written longer ago go. Default, and null: none for their age.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>The oldest features go until the others take no more bytes than this. Default, and null: none for the size.</summary>
    public long? MaxSize { get; init; }

    /// <summary>Whether scopes go that nobody described. Default false.</summary>
    public bool UnknownScopes { get; init; }

    /// <summary>Features of this backbone go. Default, and null: of none.</summary>
    public string? Backbone { get; init; }

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">One or more options are out of range; the message names all of them.</exception>
    public void Validate()
    {
        List<string> faults = [];
        if (MaxAge < TimeSpan.Zero)
            faults.Add($"{nameof(MaxAge)} is {MaxAge}; expected 0 or more");
        if (MaxSize < 0)
            faults.Add($"{nameof(MaxSize)} is {MaxSize}; expected 0 or more");
        if (faults.Count > 0)
            throw new ArgumentException($"{nameof(FeatureCachePruneOptions)}: {string.Join("; ", faults)}.");
    }
}

/// <summary>What pruning did.</summary>
/// <param name="RecordsRemoved">Records that are gone, damaged and repeated ones included.</param>
/// <param name="RecordsKept">Records that are left.</param>
/// <param name="BytesFreed">Bytes that became free.</param>
/// <param name="SegmentsInUse">Segments that were left alone, for a process is writing to them.</param>
public sealed record FeatureCachePruned(long RecordsRemoved, long RecordsKept, long BytesFreed, int SegmentsInUse);
