namespace FeatureTransfer.Extraction;

/// <summary>What a check of the cache found.</summary>
/// <param name="Records">Records that are whole.</param>
/// <param name="Bytes">Bytes that were read.</param>
/// <param name="Faults">What is not as it should be.</param>
public sealed record FeatureCacheVerification(long Records, long Bytes, IReadOnlyList<FeatureCacheFault> Faults)
{
    /// <summary>Whether anything is damaged; ends that a killed process left are not counted, for they are part of the plan.</summary>
    public bool IsDamaged => Faults.Any(fault => fault.IsDamage);
}

/// <summary>A place in the cache that is not as it should be; its features are computed again when they are needed.</summary>
/// <param name="File">The segment.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="IsDamage">False for a record that was cut off at the end of a segment, as a killed process leaves one.</param>
public sealed record FeatureCacheFault(string File, long Offset, long Length, string Reason, bool IsDamage);
