using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>A view with computed columns added.</summary>
internal sealed class MappedView(IDataView source, StepBinding binding) : EngineView(binding.OutputSchema)
{
    public override bool CanShuffle => source.CanShuffle;

    public override long? GetRowCount() => source.GetRowCount();

    public override BatchCursor OpenBatches(bool[] active, Random? rand) =>
        new MappedCursor(binding, active, Batches.Open(source, binding.ActiveInputs(active), rand));

    public override BatchCursor[] OpenBatchSet(bool[] active, int n, Random? rand) => source is EngineView view
        ? [.. view.OpenBatchSet(binding.ActiveInputs(active), n, rand).Select(c => new MappedCursor(binding, active, c))]
        : [OpenBatches(active, rand)];

    private sealed class MappedCursor : BatchCursor
    {
        private readonly BatchCursor _source;
        private readonly StepRun?[] _runs;
        private readonly BatchColumn?[] _columns;
        private readonly int _maxRows = int.MaxValue;

        public MappedCursor(StepBinding binding, bool[] active, BatchCursor source)
        {
            _source = source;
            var outputs = binding.ActiveOutputs(active);
            _runs = new StepRun?[outputs.Length];
            for (int s = 0; s < outputs.Length; s++)
            {
                if (outputs[s] is not { } wanted)
                    continue;
                var step = binding.Steps[s];
                _runs[s] = step.Open([.. step.Inputs.Select(source.Column)], wanted);
                _maxRows = Math.Min(_maxRows, step.MaxRows);
            }
            _columns = new BatchColumn?[active.Length];
            for (int c = 0; c < active.Length; c++)
                if (active[c])
                    _columns[c] = Find(binding.Source(c));
        }

        private BatchColumn Find((int Step, int Output) from) =>
            from.Step < 0 ? _source.Column(from.Output) : _runs[from.Step]!.Output(from.Output);

        public override BatchColumn Column(int index) => _columns[index] ?? throw Batches.Inactive(index);

        public override DataViewRowId Id(int row) => _source.Id(row);

        protected override int Read(int maxRows)
        {
            if (!_source.MoveNext(Math.Min(maxRows, _maxRows)))
                return 0;
            foreach (var run in _runs)
                run?.Run(_source.Count);
            return _source.Count;
        }

        protected override void Dispose(bool disposing)
        {
            foreach (var run in _runs)
                run?.Dispose();
            _source.Dispose();
        }
    }
}
