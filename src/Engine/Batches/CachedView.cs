namespace Microsoft.ML;

/// <summary>Keeps columns in memory, each from when it is first asked for.</summary>
internal sealed class CachedView : EngineView
{
    private readonly IDataView _source;
    private readonly Lock _lock = new();
    private readonly BatchColumn?[] _columns;
    private int _rows = -1;

    public CachedView(IDataView source, IReadOnlyList<string> prefetch)
        : base(source.Schema)
    {
        _source = source;
        _columns = new BatchColumn?[source.Schema.Count];
        var first = prefetch.Select(name => Check.Column(Schema, name, parameter: "columnsToPrefetch")).ToArray();
        if (first.Length > 0)
            Fill(Batches.Active(Schema, first));
    }

    public override bool CanShuffle => true;

    public override long? GetRowCount() => Volatile.Read(ref _rows) is >= 0 and var rows ? rows : _source.GetRowCount();

    public override BatchCursor OpenBatches(bool[] active, Random? rand) => OpenBatchSet(active, 1, rand)[0];

    public override BatchCursor[] OpenBatchSet(bool[] active, int n, Random? rand)
    {
        Fill(active);
        int[]? order = null;
        if (rand is not null)
        {
            order = [.. Enumerable.Range(0, _rows)];
            rand.Shuffle(order);
        }
        var columns = _columns.Select((c, i) => active[i] ? c : null).ToArray();
        int parts = Math.Clamp(Math.Min(n, _rows / Batches.MaxRows), 1, 64);
        return [.. Enumerable.Range(0, parts).Select(p => new MemoryCursor(columns, order, Bound(p, parts), Bound(p + 1, parts)))];
    }

    private int Bound(int part, int parts) => (int)((long)_rows * part / parts);

    private void Fill(bool[] active)
    {
        lock (_lock)
        {
            var missing = active.Select((a, i) => a && _columns[i] is null).ToArray();
            if (_rows >= 0 && !missing.Contains(true))
                return;
            using var cursor = Batches.Open(_source, missing);
            var pairs = Enumerable.Range(0, missing.Length).Where(i => missing[i])
                .Select(i => (Index: i, From: cursor.Column(i), To: cursor.Column(i).NewSame())).ToArray();
            int goodRows = Batches.GoodRows(Schema, missing);
            int rows = 0;
            while (cursor.MoveNext(goodRows))
            {
                foreach (var (_, from, to) in pairs)
                    Append(from, to, rows, cursor.Count);
                rows += cursor.Count;
            }
            foreach (var (index, _, to) in pairs)
                _columns[index] = to;
            Volatile.Write(ref _rows, rows);
        }
    }

    private static void Append(BatchColumn from, BatchColumn to, int at, int count)
    {
        to.Reserve(at + count);
        for (int i = 0; i < count; i++)
            to.Set(at + i, from, i);
    }
}
