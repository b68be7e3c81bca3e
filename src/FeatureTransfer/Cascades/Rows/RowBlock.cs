using FeatureTransfer.Extraction;
using Microsoft.ML.Data;

namespace FeatureTransfer.Cascades;

/// <summary>Rows that are held in memory, with the columns that were asked for.</summary>
/// <param name="Place">The row's place in the whole.</param>
/// <param name="Values">The values of those columns.</param>
internal sealed record HeldRow(long Place, object[] Values);

/// <summary>A view of rows in memory, with <see cref="RowTag"/> behind their columns.</summary>
/// <param name="schema">The columns, the tag included.</param>
/// <param name="columns">Which of them are held, in the order of the values.</param>
/// <param name="buffers">How these are read.</param>
/// <param name="rows">The rows.</param>
internal sealed class RowBlock(DataViewSchema schema, DataViewSchema.Column[] columns, BufferedColumn[] buffers, IReadOnlyList<HeldRow> rows) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => schema;

    public long? GetRowCount() => rows.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(schema, columns, buffers, rows);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewSchema schema, DataViewSchema.Column[] columns, BufferedColumn[] buffers, IReadOnlyList<HeldRow> rows) : DataViewRowCursor
    {
        private int _position = -1;

        public override DataViewSchema Schema => schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => column.Index == schema.Count - 1 || SlotOf(column) >= 0;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (column.Index == schema.Count - 1)
                return Columns.Getter<long, TValue>((ref long value) => value = rows[_position].Place);
            var slot = SlotOf(column);
            return slot < 0
                ? throw new InvalidOperationException($"Column '{column.Name}' is not active: name it when asking for the cursor.")
                : (ValueGetter<TValue>)buffers[slot].Getter(() => rows[_position].Values[slot]);
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)rows[_position].Place, 0);

        public override bool MoveNext() => ++_position < rows.Count;

        private int SlotOf(DataViewSchema.Column column) => Array.FindIndex(columns, held => held.Index == column.Index);
    }
}
