namespace Microsoft.ML.Data;

/// <summary>Some rows of a view, by their place: skips the first, takes the next.</summary>
internal sealed class RowRangeView(IDataView source, long skip, long take) : EngineView(source.Schema)
{
    public override long? GetRowCount() => source.GetRowCount() is { } rows ? Math.Min(Math.Max(0, rows - skip), take) : null;

    public override BatchCursor OpenBatches(bool[] active, Random? rand) => new Cursor(Batches.Open(source, active), skip, take);

    private sealed class Cursor(BatchCursor source, long skip, long take) : BatchCursor
    {
        private long _skip = skip;
        private long _left = take;

        public override BatchColumn Column(int index) => source.Column(index);

        public override DataViewRowId Id(int row) => source.Id(row);

        protected override int Read(int maxRows)
        {
            while (_skip > 0 && source.MoveNext((int)Math.Min(_skip, Batches.MaxRows)))
                _skip -= source.Count;
            if (_left <= 0 || !source.MoveNext((int)Math.Min(maxRows, _left)))
                return 0;
            _left -= source.Count;
            return source.Count;
        }

        protected override void Dispose(bool disposing) => source.Dispose();
    }
}
