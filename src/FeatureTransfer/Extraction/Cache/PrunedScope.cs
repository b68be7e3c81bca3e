namespace FeatureTransfer.Extraction;

/// <summary>A scope's folder while it is pruned: the segments that nobody writes to are held, the others left alone.</summary>
internal sealed class PrunedScope : IDisposable
{
    private readonly string _folder;
    private readonly Hash256 _scope;
    private readonly CacheSettings _settings;
    private readonly List<Held> _held = [];
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);
    private readonly Dictionary<UInt128, (FeatureSegment Segment, SegmentRecord Record)> _newest = [];

    public PrunedScope(string root, Hash256 scope, CacheSettings settings)
    {
        (_folder, _scope, _settings) = (ScopeStore.PathOf(root, scope), scope, settings);
        Description = FeatureScope.TryLoad(_folder);
        foreach (var path in CacheLayout.Segments(_folder))
            Hold(path);
    }

    public FeatureScope? Description { get; }

    /// <summary>Segments that a process is writing to.</summary>
    public int InUse => _left.Count;

    /// <summary>The newest record of each content, in segments that are held.</summary>
    public IEnumerable<SegmentRecord> Records => _newest.Values.Select(place => place.Record);

    /// <summary>Removes records that are older than a time.</summary>
    /// <returns>How many are gone, and how many are left.</returns>
    public (long Removed, long Kept) Prune(long oldest, CancellationToken cancellationToken)
    {
        var kept = _newest.Where(pair => pair.Value.Record.Time >= oldest).ToDictionary();
        var bySegment = kept.Values.ToLookup(place => place.Segment, place => place.Record);
        var rewritten = _held.Where(held => NeedsRewriting(held, bySegment[held.Segment!])).ToList();
        var lost = Rewrite(rewritten, bySegment, cancellationToken);
        foreach (var held in rewritten)
            Remove(held);
        RemoveRest();
        return (_held.Sum(held => held.Records.Count) - kept.Count + lost, kept.Count - lost);
    }

    public void Dispose()
    {
        foreach (var held in _held)
        {
            held.Segment?.Dispose();
            held.Lock.Dispose();
        }
    }

    private void Hold(string path)
    {
        if (SegmentLock.TryTake(path) is not { } taken)
        {
            _left.Add(path);
            return;
        }

        var held = new Held(path, taken, FeatureSegment.Open(path, _scope), []);
        _held.Add(held);
        if (held.Segment is not { } segment)
            return;
        held.Records.AddRange(segment.Scan((_, _) => held.HasGaps = true));
        foreach (var record in held.Records)
        {
            if (!_newest.TryGetValue(record.Key, out var known) || known.Record.Time <= record.Time)
                _newest[record.Key] = (segment, record);
        }
    }

    // Whole segments stay as they are; small ones are merged when there are several.
    private bool NeedsRewriting(Held held, IEnumerable<SegmentRecord> kept)
    {
        if (held.Segment is not { } segment)
            return true;
        return held.HasGaps || held.Records.Count == 0 || segment.End < segment.Length || kept.Count() < held.Records.Count
            || (IsSmall(held) && _held.Count(IsSmall) > 1)
            || held.Records.Exists(record => segment.Read(record) is null);
    }

    private bool IsSmall(Held held) => held.Segment?.Length < _settings.SegmentLength / 2;

    private long Rewrite(List<Held> segments, ILookup<FeatureSegment, SegmentRecord> kept, CancellationToken cancellationToken)
    {
        SegmentWriter? writer = null;
        var damaged = 0L;
        try
        {
            foreach (var segment in segments.Where(held => held.Segment is not null).Select(held => held.Segment!))
            {
                foreach (var record in kept[segment].OrderBy(record => record.Offset))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (segment.Read(record) is not { } whole)
                    {
                        damaged++;
                        continue;
                    }

                    if (writer?.IsFull == true)
                        Close(ref writer);
                    writer ??= SegmentWriter.Create(_folder, _scope, _settings);
                    writer.Append(whole.Content, whole.Values, record.Time);
                }
            }

            Close(ref writer);
            return damaged;
        }
        finally
        {
            // Only when it was cut short: what is written so far stands twice in the cache, until the next time.
            writer?.Segment.Dispose();
            writer?.Dispose();
        }
    }

    private static void Close(ref SegmentWriter? writer)
    {
        if (writer is null)
            return;
        writer.FlushToDisk();
        writer.Segment.End = SegmentFormat.HeaderLength;
        SegmentIndex.TrySave(writer.Segment, [.. writer.Segment.Scan()]);
        writer.Segment.Dispose();
        writer.Dispose();
        writer = null;
    }

    private static void Remove(Held held)
    {
        held.Segment?.Dispose();
        SegmentIndex.TryDelete(held.Path);
        SegmentIndex.TryDelete(SegmentIndex.PathOf(held.Path));
        SegmentIndex.TryDelete(SegmentLock.PathOf(held.Path));
    }

    // Indexes and locks whose segment is gone, files that were being written when a process was killed, at last the folder.
    private void RemoveRest()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        foreach (var file in Directory.EnumerateFiles(_folder).ToList())
        {
            TimeSpan? age = Path.GetExtension(file) switch
            {
                ".tmp" => TimeSpan.FromHours(1),
                SegmentIndex.Extension or SegmentLock.Extension when !File.Exists(Path.ChangeExtension(file, SegmentFormat.Extension)) => TimeSpan.FromMinutes(1),
                _ => null,
            };
            if (now - File.GetLastWriteTimeUtc(file) > age)
                SegmentIndex.TryDelete(file);
        }

        if (CacheLayout.Segments(_folder).Any())
            return;
        SegmentIndex.TryDelete(Path.Combine(_folder, FeatureScope.FileName));
        CacheLayout.TryDeleteEmpty(_folder);
    }

    private sealed record Held(string Path, SegmentLock Lock, FeatureSegment? Segment, List<SegmentRecord> Records)
    {
        public bool HasGaps { get; set; }
    }
}
