namespace FeatureTransfer.Extraction;

/// <summary>Reads every record of a cache.</summary>
internal sealed class CacheVerifier(IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
{
    private readonly List<FeatureCacheFault> _faults = [];
    private long _records;
    private long _bytes;
    private long _total;

    public FeatureCacheVerification Verify(string root)
    {
        var files = CacheLayout.Scopes(root).SelectMany(scope => CacheLayout.Segments(ScopeStore.PathOf(root, scope)).Select(path => (scope, path))).ToList();
        _total = files.Sum(file => CacheLayout.LengthOf(file.path));
        foreach (var (scope, path) in files)
            Verify(path, scope);
        return new FeatureCacheVerification(_records, _bytes, _faults);
    }

    private void Verify(string path, Hash256 scope)
    {
        using var segment = FeatureSegment.Open(path, scope);
        if (segment is null)
        {
            var length = CacheLayout.LengthOf(path);
            if (length < 0)
                return;

            // A process that was killed while it began a segment leaves less than a header.
            _faults.Add(new FeatureCacheFault(path, 0, length, "is no segment of this scope", length >= SegmentFormat.HeaderLength));
            return;
        }

        foreach (var record in segment.Scan((from, to) => _faults.Add(new FeatureCacheFault(path, from, to - from, "the header of a record is damaged", true))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (segment.Read(record) is null)
                _faults.Add(new FeatureCacheFault(path, record.Offset, record.End - record.Offset, "the values do not fit their checksum", true));
            else
                _records++;
            _bytes += record.End - record.Offset;
            progress?.Report(new WorkProgress("Checking the feature cache, bytes", _bytes, _total));
        }

        Tail(segment);
    }

    // What a process is writing right now has no end yet; that is no fault.
    private void Tail(FeatureSegment segment)
    {
        var rest = segment.Length - segment.End;
        if (rest <= 0)
            return;
        using var free = SegmentLock.TryTake(segment.Path);
        if (free is not null)
            _faults.Add(new FeatureCacheFault(segment.Path, segment.End, rest, "the last record was cut off, as when a process is killed", false));
    }
}
