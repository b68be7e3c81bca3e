using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.Data;

/// <summary>Objects as a view; they are enumerated anew by each cursor.</summary>
internal sealed class EnumerableView<[DynamicallyAccessedMembers(RowMember.Needed)] TRow>(
    IEnumerable<TRow> rows, RowBinding<TRow> binding, DataViewSchema schema) : EngineView(schema)
    where TRow : class
{
    public override long? GetRowCount() => rows is ICollection<TRow> or IReadOnlyCollection<TRow> ? rows.Count() : null;

    public override BatchCursor OpenBatches(bool[] active, Random? rand) => new Cursor(rows, binding, active);

    private sealed class Cursor : BatchCursor
    {
        private readonly IEnumerator<TRow> _rows;
        private readonly MemberReader<TRow>?[] _readers;

        public Cursor(IEnumerable<TRow> rows, RowBinding<TRow> binding, bool[] active)
        {
            _rows = rows.GetEnumerator();
            _readers = [.. active.Select((a, i) => a ? binding.Reader(i) : null)];
        }

        public override BatchColumn Column(int index) => _readers[index]?.Column ?? throw Batches.Inactive(index);

        protected override int Read(int maxRows)
        {
            int count = 0;
            maxRows = Math.Min(maxRows, Batches.MaxRows);
            for (; count < maxRows && _rows.MoveNext(); count++)
            {
                var row = _rows.Current ?? throw new InvalidOperationException("Encountered null when iterating over data, this is not supported.");
                foreach (var reader in _readers)
                {
                    if (reader is null)
                        continue;
                    reader.Column.Resize(count + 1);
                    reader.Read(row, count);
                }
            }
            return count;
        }

        protected override void Dispose(bool disposing) => _rows.Dispose();
    }
}
