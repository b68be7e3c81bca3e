using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Fills <paramref name="value"/> with a value of the current row.</summary>
public delegate void ValueGetter<TValue>(ref TValue value);

/// <summary>A table read by cursors: lazy, of any length, never changed.</summary>
public interface IDataView
{
    DataViewSchema Schema { get; }

    bool CanShuffle { get; }

    long? GetRowCount();

    DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null);

    DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null);
}

/// <summary>One row: getters by column.</summary>
public abstract class DataViewRow : IDisposable
{
    protected DataViewRow()
    {
    }

    public abstract long Position { get; }

    public abstract long Batch { get; }

    public abstract DataViewSchema Schema { get; }

    public abstract ValueGetter<DataViewRowId> GetIdGetter();

    public abstract ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column);

    public abstract bool IsColumnActive(DataViewSchema.Column column);

    protected virtual void Dispose(bool disposing)
    {
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }
}

/// <summary>A row that moves forward over a view.</summary>
public abstract class DataViewRowCursor : DataViewRow
{
    protected DataViewRowCursor()
    {
    }

    public abstract bool MoveNext();
}
