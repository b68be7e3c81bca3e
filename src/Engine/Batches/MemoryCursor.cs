using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Reads columns that lie in memory, in their own or in another order.</summary>
internal sealed class MemoryCursor : BatchCursor
{
    private readonly BatchColumn?[] _stored;
    private readonly BatchColumn?[] _columns;
    private readonly int[]? _order;
    private readonly int _end;
    private int _at;
    private int _first;

    public MemoryCursor(BatchColumn?[] stored, int[]? order, int start, int end)
    {
        _stored = stored;
        _columns = [.. stored.Select(c => c?.NewSame())];
        _order = order;
        _at = start;
        _end = end;
    }

    public override BatchColumn Column(int index) => _columns[index] ?? throw Batches.Inactive(index);

    public override DataViewRowId Id(int row) => new((ulong)(_order is null ? _first + row : _order[_first + row]), 0);

    protected override int Read(int maxRows)
    {
        int count = Math.Min(Math.Min(maxRows, Batches.MaxRows), _end - _at);
        for (int i = 0; i < _columns.Length; i++)
            _columns[i]?.View(_stored[i]!, _at, count, _order);
        _first = _at;
        _at += count;
        return count;
    }
}
