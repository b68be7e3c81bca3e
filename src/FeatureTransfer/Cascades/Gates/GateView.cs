using FeatureTransfer.Extraction;
using Microsoft.ML.Data;

namespace FeatureTransfer.Cascades;

/// <summary>The rows of another view with a gate's answers, a batch at a time: the costly model is run on those of a batch together that need it.</summary>
internal sealed class GateView(GateTransformer gate, IDataView source, DataViewSchema schema, int batchSize) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => schema;

    // Rows that a model cannot read are left out, so nobody knows before.
    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(gate, source, schema, batchSize, [.. columnsNeeded]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly DataViewRowCursor _source;
        private readonly DataViewSchema.Column[] _held;
        private readonly BufferedColumn[] _buffers;
        private readonly int _inputColumns;
        private readonly IEnumerator<(HeldRow Row, GateAnswer Answer)> _rows;
        private long _position = -1;

        public Cursor(GateTransformer gate, IDataView source, DataViewSchema schema, int batchSize, DataViewSchema.Column[] needed)
        {
            Schema = schema;
            _inputColumns = source.Schema.Count;
            var input = source.Schema;
            _held = [.. needed.Where(column => column.Index < _inputColumns).Select(column => input[column.Index])
                .Concat(GateColumns.ReadBy(gate.Cheap, input)).Concat(GateColumns.ReadBy(gate.Costly, input)).DistinctBy(column => column.Index)];
            _source = source.GetRowCursor(_held);
            _buffers = [.. _held.Select(column => BufferedColumn.Create(_source, column))];
            _rows = Answer(gate, RowTag.Add(input), batchSize).GetEnumerator();
        }

        public override DataViewSchema Schema { get; }

        public override long Position => _position;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => column.Index >= _inputColumns || SlotOf(column) >= 0;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (column.Index >= _inputColumns)
                return GateColumns.Getter<TValue>(column, () => _rows.Current.Answer);
            var slot = SlotOf(column);
            return slot < 0
                ? throw new InvalidOperationException($"Column '{column.Name}' is not active: name it when asking for the cursor.")
                : (ValueGetter<TValue>)_buffers[slot].Getter(() => _rows.Current.Row.Values[slot]);
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

        public override bool MoveNext()
        {
            if (!_rows.MoveNext())
                return false;
            _position++;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _rows.Dispose();
                _source.Dispose();
            }

            base.Dispose(disposing);
        }

        private int SlotOf(DataViewSchema.Column column) => Array.FindIndex(_held, held => held.Index == column.Index);

        private IEnumerable<(HeldRow Row, GateAnswer Answer)> Answer(GateTransformer gate, DataViewSchema tagged, int batchSize)
        {
            foreach (var batch in Read().Chunk(batchSize))
            {
                var answers = new Dictionary<long, GateAnswer>();
                var unsure = new HashSet<long>();
                foreach (var (place, score) in ScoredRows.Of(gate.Cheap, "cheap model", Block(tagged, batch)))
                {
                    if (gate.Rule.OfCheap(score) is { } answer)
                        answers.Add(place, answer);
                    else
                        unsure.Add(place);
                }

                if (unsure.Count > 0)
                {
                    foreach (var (place, score) in ScoredRows.Of(gate.Costly, "costly model", Block(tagged, [.. batch.Where(row => unsure.Contains(row.Place))])))
                        answers.Add(place, gate.Rule.OfCostly(score));
                }

                foreach (var row in batch.Where(row => answers.ContainsKey(row.Place)))
                    yield return (row, answers[row.Place]);
            }
        }

        private RowBlock Block(DataViewSchema tagged, IReadOnlyList<HeldRow> rows) => new(tagged, _held, _buffers, rows);

        private IEnumerable<HeldRow> Read()
        {
            for (var place = 0L; _source.MoveNext(); place++)
                yield return new HeldRow(place, Array.ConvertAll(_buffers, buffer => buffer.Read()));
        }
    }
}
