using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Bound steps applied to single rows: a batch of one row, computed when a getter first asks.</summary>
internal sealed class StepRowMapper(StepBinding binding) : IRowToRowMapper
{
    public DataViewSchema InputSchema => binding.InputSchema;

    public DataViewSchema OutputSchema => binding.OutputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var inputs = binding.ActiveInputs(Batches.Active(OutputSchema, dependingColumns));
        return InputSchema.Where(c => inputs[c.Index]);
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedRow(binding, input, Batches.Active(OutputSchema, activeColumns));
    }

    private sealed class MappedRow : DataViewRow
    {
        private readonly StepBinding _binding;
        private readonly DataViewRow _input;
        private readonly bool[] _active;
        private readonly SingleRowRun?[] _runs;

        public MappedRow(StepBinding binding, DataViewRow input, bool[] active)
        {
            _binding = binding;
            _input = input;
            _active = active;
            var outputs = binding.ActiveOutputs(active);
            _runs = [.. outputs.Select((wanted, s) => wanted is null ? null : new SingleRowRun(binding.Steps[s], input, wanted))];
        }

        public override DataViewSchema Schema => _binding.OutputSchema;

        public override long Position => _input.Position;

        public override long Batch => _input.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => column.Index < _active.Length && _active[column.Index];

        public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!IsColumnActive(column))
                throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' was not asked for when the row was made.");
            var (step, output) = _binding.Source(column.Index);
            if (step < 0)
                return _input.GetGetter<TValue>(_input.Schema[output]);
            var run = _runs[step]!;
            var values = run.Output(output) as BatchColumn<TValue>
                ?? throw new InvalidOperationException($"Invalid TValue: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
            return (ref TValue value) =>
            {
                run.Update();
                ValueCopiers<TValue>.Copy(in values.Values[0], ref value);
            };
        }

        protected override void Dispose(bool disposing)
        {
            foreach (var run in _runs)
                run?.Dispose();
            _input.Dispose();
        }
    }

    private sealed class SingleRowRun : IDisposable
    {
        private readonly DataViewRow _input;
        private readonly ColumnFeed[] _feeds;
        private readonly StepRun _run;
        private long _position = long.MinValue;

        public SingleRowRun(MapStep step, DataViewRow input, bool[] wanted)
        {
            _input = input;
            _feeds = [.. step.Inputs.Select(i => ColumnFeed.Create(input, input.Schema[i]))];
            foreach (var feed in _feeds)
                feed.Column.Resize(1);
            _run = step.Open([.. _feeds.Select(f => f.Column)], wanted);
        }

        public BatchColumn Output(int index) => _run.Output(index);

        public void Update()
        {
            if (_input.Position == _position)
                return;
            foreach (var feed in _feeds)
                feed.Fill(0);
            _run.Run(1);
            _position = _input.Position;
        }

        public void Dispose() => _run.Dispose();
    }
}
