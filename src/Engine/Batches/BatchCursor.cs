using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>
/// Reads a view batch by batch. The column objects stay the same from batch to batch, their values do not.
/// </summary>
internal abstract class BatchCursor : IDisposable
{
    /// <summary>Rows in the current batch.</summary>
    public int Count { get; protected set; }

    /// <summary>Rows before the current batch.</summary>
    public long Start { get; private set; }

    /// <summary>Goes on by at most <paramref name="maxRows"/> rows; false at the end.</summary>
    public bool MoveNext(int maxRows = int.MaxValue)
    {
        Start += Count;
        Count = 0;
        Count = Read(Math.Max(1, maxRows));
        return Count > 0;
    }

    /// <summary>An active column, by its index in the view's schema.</summary>
    public abstract BatchColumn Column(int index);

    public BatchColumn<T> Column<T>(DataViewSchema.Column column) => Column(column.Index) as BatchColumn<T>
        ?? throw new InvalidOperationException($"Invalid TValue: '{typeof(T)}', expected type: '{column.Type.RawType}'.");

    public virtual DataViewRowId Id(int row) => new((ulong)(Start + row), 0);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Fills the active columns with the next rows and says how many there are; 0 at the end.</summary>
    protected abstract int Read(int maxRows);

    protected virtual void Dispose(bool disposing)
    {
    }
}
