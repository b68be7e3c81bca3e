using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Batches out of the row cursor of a view that is not the engine's.</summary>
internal sealed class RowBatchCursor : BatchCursor
{
    private readonly DataViewRowCursor _cursor;
    private readonly ColumnFeed?[] _feeds;
    private readonly ValueGetter<DataViewRowId> _id;
    private DataViewRowId[] _ids = [];

    public RowBatchCursor(IDataView view, bool[] active, Random? rand)
    {
        _cursor = view.GetRowCursor(view.Schema.Where(c => active[c.Index]), rand);
        _feeds = [.. view.Schema.Select(c => active[c.Index] ? ColumnFeed.Create(_cursor, c) : null)];
        _id = _cursor.GetIdGetter();
    }

    public override BatchColumn Column(int index) => _feeds[index]?.Column ?? throw Batches.Inactive(index);

    public override DataViewRowId Id(int row) => _ids[row];

    protected override int Read(int maxRows)
    {
        int rows = 0;
        maxRows = Math.Min(maxRows, Batches.MaxRows);
        if (_ids.Length < maxRows)
            Array.Resize(ref _ids, maxRows);
        while (rows < maxRows && _cursor.MoveNext())
        {
            foreach (var feed in _feeds)
            {
                if (feed is null)
                    continue;
                feed.Column.Resize(rows + 1);
                feed.Fill(rows);
            }
            _id(ref _ids[rows]);
            rows++;
        }
        return rows;
    }

    protected override void Dispose(bool disposing) => _cursor.Dispose();
}
