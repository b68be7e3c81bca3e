using Microsoft.ML.Data;

namespace FeatureTransfer.Cascades;

/// <summary>The rows of another view with what a cascade found; it runs as the cursor moves, once a row.</summary>
internal sealed class CascadeView(CascadeTransformer transformer, IDataView source) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema { get; } = transformer.GetOutputSchema(source.Schema);

    // Rows that cannot be read are left out, so nobody knows before.
    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var mapper = transformer.GetRowToRowMapper(source.Schema);
        DataViewSchema.Column[] active = [.. columnsNeeded.Select(column => mapper.OutputSchema[column.Index]), mapper.OutputSchema[transformer.OutputColumnName]];
        var rows = source.GetRowCursor(mapper.GetDependencies(active));
        return new Cursor(transformer, Schema, rows, mapper.GetRow(rows, active), [.. active.Select(column => column.Index)]);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly CascadeTransformer _transformer;
        private readonly DataViewRowCursor _source;
        private readonly DataViewRow _row;
        private readonly HashSet<int> _active;
        private readonly int _found;
        private readonly Action _read;
        private Delegate _current = null!;
        private long _position = -1;

        public Cursor(CascadeTransformer transformer, DataViewSchema schema, DataViewRowCursor source, DataViewRow row, HashSet<int> active)
        {
            (_transformer, Schema, _source, _row, _active, _found) = (transformer, schema, source, row, active, schema[transformer.OutputColumnName].Index);
            _read = schema[_found].Type is TextDataViewType
                ? Bind<ReadOnlyMemory<char>>((ref ReadOnlyMemory<char> from, ref ReadOnlyMemory<char> to) => to = from)
                : Bind<VBuffer<float>>((ref VBuffer<float> from, ref VBuffer<float> to) => from.CopyTo(ref to));
        }

        private delegate void Copy<T>(ref T from, ref T to);

        public override DataViewSchema Schema { get; }

        public override long Position => _position;

        public override long Batch => _source.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => column.Index == _found
            ? _current as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}, not {typeof(TValue)}.")
            : _row.GetGetter<TValue>(_row.Schema[column.Index]);

        public override ValueGetter<DataViewRowId> GetIdGetter() => _source.GetIdGetter();

        public override bool MoveNext()
        {
            while (_source.MoveNext())
            {
                _transformer.CheckGoesOn();
                try
                {
                    _read();
                    _position++;
                    return true;
                }
                catch (BadInputException exception)
                {
                    _transformer.Reject(exception);
                }
            }

            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _row.Dispose();
                _source.Dispose();
            }

            base.Dispose(disposing);
        }

        private Action Bind<T>(Copy<T> copy)
        {
            var (getter, value) = (_row.GetGetter<T>(_row.Schema[_found]), default(T)!);
            _current = (ValueGetter<T>)((ref T asked) => copy(ref value, ref asked));
            return () => getter(ref value);
        }
    }
}
