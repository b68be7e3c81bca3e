namespace FeatureTransfer.Extraction;

/// <summary>Where a record lies, as an index knows it: the first half of its content hash, its place, its count of values, its time.</summary>
internal readonly record struct SegmentRecord(UInt128 Key, long Offset, int Count, long Time)
{
    /// <summary>Where the record ends.</summary>
    public long End => Offset + SegmentFormat.RecordLength(Count);
}
