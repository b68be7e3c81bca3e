using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>
/// Rows out of batches. The first batches are small, so that who reads few rows does not pay for many.
/// </summary>
internal sealed class BatchRowCursor(DataViewSchema schema, bool[] active, BatchCursor batches) : DataViewRowCursor
{
    private readonly int _goodRows = Batches.GoodRows(schema, active);
    private int _nextRows = 1;
    private int _row = -1;
    private bool _done;

    public override DataViewSchema Schema => schema;

    public override long Position => _row < 0 || _done ? -1 : batches.Start + _row;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => column.Index < active.Length && active[column.Index];

    public override bool MoveNext()
    {
        if (_done)
            return false;
        if (++_row < batches.Count)
            return true;
        _row = 0;
        _done = !batches.MoveNext(_nextRows);
        _nextRows = Math.Min(_nextRows * 2, _goodRows);
        return !_done;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = batches.Id(Current());

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' was not asked for when the cursor was opened.");
        var values = batches.Column<TValue>(schema[column.Index]);
        return (ref TValue value) => ValueCopiers<TValue>.Copy(in values.Values[Current()], ref value);
    }

    protected override void Dispose(bool disposing) => batches.Dispose();

    private int Current() => _row >= 0 && !_done
        ? _row
        : throw new InvalidOperationException("A getter was called while the cursor is on no row.");
}
