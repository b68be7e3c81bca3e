using FeatureTransfer.Schema;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>A table with a column of encoded images beside it, which are read from their source as the cursor moves.</summary>
internal sealed class ContentView : IDataView
{
    private const string ContentColumn = "ImageBytes";
    private readonly Table _table;
    private readonly Func<IEnumerable<ReadOnlyMemory<byte>>> _content;

    /// <summary>Puts content beside a table.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="names">The column that names the images.</param>
    /// <param name="content">Reads the images of all rows, in their order.</param>
    public ContentView(Table table, string names, Func<IEnumerable<ReadOnlyMemory<byte>>> content)
    {
        (_table, _content) = (table, content);
        var builder = new DataViewSchema.Builder();
        foreach (var column in table.Schema)
            builder.AddColumn(column.Name, column.Type, column.Name == names ? ContentColumns.Annotations(ContentColumn) : column.Annotations);
        builder.AddColumn(ContentColumn, new VectorDataViewType(NumberDataViewType.Byte));
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _table.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var needed = columnsNeeded.Select(column => column.Index).ToHashSet();
        var ofTable = needed.Where(index => index < _table.Schema.Count).Select(index => _table.Schema[index]);
        return new Cursor(Schema, _table.GetRowCursor(ofTable), needed.Contains(_table.Schema.Count) ? _content().GetEnumerator() : null);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewSchema schema, DataViewRowCursor table, IEnumerator<ReadOnlyMemory<byte>>? content) : DataViewRowCursor
    {
        public override DataViewSchema Schema => schema;

        public override long Position => table.Position;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) =>
            column.Index == table.Schema.Count ? content is not null : table.IsColumnActive(table.Schema[column.Index]);

        public override bool MoveNext() => table.MoveNext() && (content is null || content.MoveNext());

        public override ValueGetter<DataViewRowId> GetIdGetter() => table.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (column.Index < table.Schema.Count)
                return table.GetGetter<TValue>(table.Schema[column.Index]);
            if (content is null)
                throw new InvalidOperationException($"Column '{column.Name}' is not active: name it when asking for the cursor.");
            ValueGetter<VBuffer<byte>> getter = (ref VBuffer<byte> value) =>
            {
                var editor = VBufferEditor.Create(ref value, content.Current.Length);
                content.Current.Span.CopyTo(editor.Values);
                value = editor.Commit();
            };
            return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' holds bytes, not {typeof(TValue)}.");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                table.Dispose();
                content?.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
