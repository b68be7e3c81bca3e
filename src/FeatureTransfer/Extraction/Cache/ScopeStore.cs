namespace FeatureTransfer.Extraction;

/// <summary>The features of one scope: a folder of segments, what they hold, and the one that is appended to. Safe to use from several threads.</summary>
internal sealed class ScopeStore : IDisposable
{
    // From here on, looking through what an index does not reach takes longer than writing it.
    private const int StaleRecords = 4096;
    private static readonly TimeSpan _cheap = TimeSpan.FromMilliseconds(100);
    private readonly CacheSettings _settings;
    private readonly Hash256 _scope;
    private readonly PlaceTable _places = new();
    private readonly List<FeatureSegment> _segments = [];
    private readonly SegmentWindows _windows = new();
    private readonly Lock _lock = new();
    private SegmentWriter? _writer;
    private long _refreshed;
    private TimeSpan _refreshCost;

    public ScopeStore(string root, Hash256 scope, CacheSettings settings)
    {
        (_scope, _settings, Folder) = (scope, settings, PathOf(root, scope));
        try
        {
            Refresh();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Folder { get; }

    /// <summary>The description of the scope, written with the first record.</summary>
    public FeatureScope? Description { get; set; }

    public int Count
    {
        get
        {
            lock (_lock)
                return _places.Count;
        }
    }

    /// <summary>The folder of a scope.</summary>
    public static string PathOf(string root, Hash256 scope) => Path.Combine(root, scope.ToString());

    public bool TryGet(Hash256 content, Span<float> values)
    {
        Place place;
        lock (_lock)
        {
            if (!_places.TryGet(content.Low, out place))
            {
                if (!IsRefreshDue)
                    return false;
                Refresh();
                if (!_places.TryGet(content.Low, out place))
                    return false;
            }

            if (place.Record.Count != values.Length)
                return false;
            if (place.Segment == _writer?.Segment && _writer.TryReadPending(place.Record, values))
                return true;
        }

        if (place.Segment.TryRead(place.Record, content, values, _windows))
            return true;
        Forget(content.Low, place);
        return false;
    }

    /// <summary>Appends a record, unless one of this content and length is there and whole.</summary>
    public void Add(Hash256 content, ReadOnlySpan<float> values)
    {
        lock (_lock)
        {
            if (IsKept(content, values.Length))
                return;
            if (_writer?.IsFull == true)
                CloseWriter();
            _writer ??= OpenWriter();
            try
            {
                var record = _writer.Append(content, values, _settings.Clock.GetUtcNow().ToUnixTimeMilliseconds());
                _places.Set(new Place(_writer.Segment, record));
            }
            catch (IOException)
            {
                AbandonWriter();
                throw;
            }
        }
    }

    public void Flush()
    {
        lock (_lock)
        {
            try
            {
                _writer?.Flush();
            }
            catch (IOException)
            {
                AbandonWriter();
                throw;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            try
            {
                CloseWriter();
            }
            catch (IOException)
            {
                // What could not be kept is computed again; who wants to know flushes before.
                AbandonWriter();
            }

            _windows.Dispose();
            foreach (var segment in _segments)
                segment.Dispose();
        }
    }

    // Often enough to profit from others, and by default never more than a twentieth of the time.
    private bool IsRefreshDue => _settings.Clock.GetElapsedTime(_refreshed) >= _settings.RefreshPause * Math.Max(1, _refreshCost / _cheap);

    private void Refresh()
    {
        var started = _settings.Clock.GetTimestamp();
        foreach (var segment in _segments)
            Enter(segment, segment.Scan());
        var known = _segments.Select(segment => segment.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var path in CacheLayout.Segments(Folder).Where(path => !known.Contains(path)))
        {
            if (FeatureSegment.Open(path, _scope) is { } segment)
                Open(segment);
        }

        _refreshCost = _settings.Clock.GetElapsedTime(started);
        _refreshed = _settings.Clock.GetTimestamp();
    }

    private void Open(FeatureSegment segment)
    {
        _segments.Add(segment);
        var indexed = SegmentIndex.TryLoad(segment);
        Enter(segment, indexed ?? []);
        var later = segment.Scan().ToList();
        Enter(segment, later);
        if (indexed is null || later.Count >= StaleRecords)
            SegmentIndex.TrySave(segment, [.. indexed ?? [], .. later]);
    }

    // Of two records for one content the later counts: it was written because the other was damaged, say.
    private void Enter(FeatureSegment segment, IEnumerable<SegmentRecord> records)
    {
        foreach (var record in records)
        {
            if (!_places.TryGet(record.Key, out var known) || known.Record.Time <= record.Time)
                _places.Set(new Place(segment, record));
        }
    }

    private void Forget(UInt128 key, Place place)
    {
        lock (_lock)
        {
            _places.TryGet(key, out var known);
            if (known == place)
                _places.Remove(key);
        }
    }

    private bool IsKept(Hash256 content, int count) => _places.TryGet(content.Low, out _) && TryGet(content, new float[count]);

    private SegmentWriter OpenWriter()
    {
        Directory.CreateDirectory(Folder);
        Description?.Save(Folder);
        foreach (var segment in _segments)
        {
            if (segment.Length < _settings.SegmentLength && SegmentWriter.TryAdopt(segment, _scope, _settings, record => Enter(segment, [record])) is { } adopted)
                return adopted;
        }

        var created = SegmentWriter.Create(Folder, _scope, _settings);
        _segments.Add(created.Segment);
        return created;
    }

    private void CloseWriter()
    {
        if (_writer is null)
            return;
        _writer.Flush();
        SegmentIndex.TrySave(_writer.Segment, _places.Places.Where(place => place.Segment == _writer.Segment).Select(place => place.Record));
        _writer.Dispose();
        _writer = null;
    }

    // Its end may be torn now: nothing may come behind that.
    private void AbandonWriter()
    {
        _writer?.Dispose();
        _writer = null;
    }
}
