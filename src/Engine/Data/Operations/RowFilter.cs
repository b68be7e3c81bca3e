namespace Microsoft.ML.Data;

/// <summary>Decides which rows stay.</summary>
internal abstract class RowFilter(params int[] inputs)
{
    /// <summary>The columns that the decision needs.</summary>
    public IReadOnlyList<int> Inputs { get; } = inputs;

    /// <summary>Whether the decision is the same in any order of the rows.</summary>
    public virtual bool AnyOrder => true;

    /// <summary>Opens a decision for one pass; it is asked for every row, in order.</summary>
    public abstract Predicate<int> Open(BatchColumn[] inputs);
}

/// <summary>The rows of a view that a filter keeps.</summary>
internal sealed class FilteredView(IDataView source, RowFilter filter) : EngineView(source.Schema)
{
    public override bool CanShuffle => source.CanShuffle && filter.AnyOrder;

    public override long? GetRowCount() => null;

    public override BatchCursor OpenBatches(bool[] active, Random? rand)
    {
        var needed = active.ToArray();
        foreach (int input in filter.Inputs)
            needed[input] = true;
        return new Cursor(Batches.Open(source, needed, filter.AnyOrder ? rand : null), filter, active);
    }

    private sealed class Cursor : BatchCursor
    {
        private readonly BatchCursor _source;
        private readonly Predicate<int> _keep;
        private readonly (BatchColumn From, BatchColumn To)?[] _columns;
        private readonly List<int> _rows = [];

        public Cursor(BatchCursor source, RowFilter filter, bool[] active)
        {
            _source = source;
            _keep = filter.Open([.. filter.Inputs.Select(source.Column)]);
            _columns = [.. active.Select((a, i) => a ? (source.Column(i), source.Column(i).NewSame()) : default((BatchColumn, BatchColumn)?))];
        }

        public override BatchColumn Column(int index) => _columns[index]?.To ?? throw Batches.Inactive(index);

        public override DataViewRowId Id(int row) => _source.Id(_rows[row]);

        protected override int Read(int maxRows)
        {
            _rows.Clear();
            while (_rows.Count == 0 && _source.MoveNext(maxRows))
                for (int i = 0; i < _source.Count; i++)
                    if (_keep(i))
                        _rows.Add(i);
            var rows = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_rows);
            foreach (var pair in _columns)
                pair?.To.Gather(pair.Value.From, rows);
            return _rows.Count;
        }

        protected override void Dispose(bool disposing) => _source.Dispose();
    }
}
