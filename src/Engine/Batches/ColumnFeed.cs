namespace Microsoft.ML;

/// <summary>Fills a batch column from a row's getter.</summary>
internal abstract class ColumnFeed
{
    public abstract BatchColumn Column { get; }

    /// <summary>Puts the value of the current row into place <paramref name="row"/>.</summary>
    public abstract void Fill(int row);

    public static ColumnFeed Create(DataViewRow source, DataViewSchema.Column column) =>
        TypeDispatch.CallRaw(column.Type, new Creator(source, column));

    private sealed class Creator(DataViewRow source, DataViewSchema.Column column) : IItemVisitor<ColumnFeed>
    {
        public ColumnFeed Visit<T>() => new Feed<T>(source.GetGetter<T>(column));
    }

    private sealed class Feed<T>(ValueGetter<T> getter) : ColumnFeed
    {
        private readonly BatchColumn<T> _column = new();

        public override BatchColumn Column => _column;

        public override void Fill(int row) => getter(ref _column.Values[row]);
    }
}
