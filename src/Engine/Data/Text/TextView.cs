namespace Microsoft.ML.Data;

/// <summary>The rows of text files, read anew by each cursor.</summary>
internal sealed class TextView(IMultiStreamSource source, TextLoader.Options options, TextColumn[] columns, DataViewSchema schema)
    : EngineView(schema)
{
    public override long? GetRowCount() => null;

    public override BatchCursor OpenBatches(bool[] active, Random? rand) => new Cursor(source, options, columns, active);

    private sealed class Cursor : BatchCursor
    {
        private readonly LineReader _lines;
        private readonly LineSplitter _splitter;
        private readonly TextColumn[] _columns;
        private readonly TextCells?[] _cells;
        private long _left;

        public Cursor(IMultiStreamSource source, TextLoader.Options options, TextColumn[] columns, bool[] active)
        {
            _lines = new LineReader(source, options);
            _splitter = new LineSplitter(options);
            _columns = columns;
            _cells = [.. columns.Select((c, i) => active[i] ? c.Open(options) : null)];
            _left = options.MaxRows ?? long.MaxValue;
        }

        public override BatchColumn Column(int index) => _cells[index]?.Column ?? throw Batches.Inactive(index);

        protected override int Read(int maxRows)
        {
            int rows = 0;
            maxRows = (int)Math.Min(Math.Min(maxRows, Batches.MaxRows), _left);
            for (; rows < maxRows && _lines.Next() is { } line; rows++)
            {
                _splitter.Split(line.AsMemory());
                for (int c = 0; c < _cells.Length; c++)
                    if (_cells[c] is { } cells && !cells.Read(_splitter.Values, rows, out int place))
                        throw Bad(c, place);
            }
            _left -= rows;
            return rows;
        }

        protected override void Dispose(bool disposing) => _lines.Dispose();

        private FormatException Bad(int column, int place) => new(
            $"Could not parse value {_splitter.Values[place]} in line {_lines.LineNumber} of {_lines.Path ?? "the source"}, " +
            $"column {_columns[column].Name}: a value of type {_columns[column].Type.ItemType()} was expected.");
    }
}
