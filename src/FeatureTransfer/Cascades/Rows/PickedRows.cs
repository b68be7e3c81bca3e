using Microsoft.ML.Data;

namespace FeatureTransfer.Cascades;

/// <summary>Some rows of another view, with their places in it as <see cref="RowTag"/>.</summary>
/// <param name="source">The view.</param>
/// <param name="isPicked">Says of each place whether its row is among them; it is asked when rows are first read.</param>
internal sealed class PickedRows(IDataView source, Func<long, bool> isPicked) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema { get; } = RowTag.Add(source.Schema);

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(Schema, source.GetRowCursor(columnsNeeded.Where(column => column.Index < source.Schema.Count).Select(column => source.Schema[column.Index])), isPicked);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewSchema schema, DataViewRowCursor source, Func<long, bool> isPicked) : DataViewRowCursor
    {
        private long _place = -1;
        private long _position = -1;

        public override DataViewSchema Schema => schema;

        public override long Position => _position;

        public override long Batch => source.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => column.Index == source.Schema.Count || source.IsColumnActive(source.Schema[column.Index]);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => column.Index < source.Schema.Count
            ? source.GetGetter<TValue>(source.Schema[column.Index])
            : Columns.Getter<long, TValue>((ref long value) => value = _place);

        public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

        public override bool MoveNext()
        {
            while (source.MoveNext())
            {
                if (!isPicked(++_place))
                    continue;
                _position++;
                return true;
            }

            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                source.Dispose();
            base.Dispose(disposing);
        }
    }
}
