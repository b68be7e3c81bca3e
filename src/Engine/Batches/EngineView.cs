namespace Microsoft.ML;

/// <summary>A view that is read in batches; rows are read out of the batches.</summary>
internal abstract class EngineView(DataViewSchema schema) : IDataView
{
    public DataViewSchema Schema { get; } = schema;

    public virtual bool CanShuffle => false;

    public abstract long? GetRowCount();

    /// <summary>Opens a cursor over the active columns; <paramref name="rand"/> asks for a shuffled order where that is possible.</summary>
    public abstract BatchCursor OpenBatches(bool[] active, Random? rand);

    /// <summary>Opens up to <paramref name="n"/> cursors that share the rows between them.</summary>
    public virtual BatchCursor[] OpenBatchSet(bool[] active, int n, Random? rand) => [OpenBatches(active, rand)];

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        ArgumentNullException.ThrowIfNull(columnsNeeded);
        var active = Batches.Active(Schema, columnsNeeded);
        return new BatchRowCursor(Schema, active, OpenBatches(active, rand));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        ArgumentNullException.ThrowIfNull(columnsNeeded);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var active = Batches.Active(Schema, columnsNeeded);
        return [.. OpenBatchSet(active, n, rand).Select(c => new BatchRowCursor(Schema, active, c))];
    }
}
