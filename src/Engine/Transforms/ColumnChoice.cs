using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>A choice of columns bound to a schema; maps rows too.</summary>
internal sealed class ColumnChoice : IRowToRowMapper
{
    private readonly int[] _chosen;

    public ColumnChoice(DataViewSchema input, int[] chosen)
    {
        InputSchema = input;
        _chosen = chosen;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(chosen.Select(i => input[i]));
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public int Source(int column) => _chosen[column];

    public bool[] ActiveInputs(bool[] active)
    {
        var inputs = new bool[InputSchema.Count];
        for (int i = 0; i < active.Length; i++)
            inputs[_chosen[i]] |= active[i];
        return inputs;
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        dependingColumns.Select(c => InputSchema[_chosen[c.Index]]).ToArray();

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new ChosenRow(this, input, Batches.Active(OutputSchema, activeColumns));

    private sealed class ChosenRow(ColumnChoice choice, DataViewRow input, bool[] active) : DataViewRow
    {
        public override DataViewSchema Schema => choice.OutputSchema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => column.Index < active.Length && active[column.Index];

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            input.GetGetter<TValue>(choice.InputSchema[choice.Source(column.Index)]);

        protected override void Dispose(bool disposing) => input.Dispose();
    }
}

/// <summary>A view of some columns of another.</summary>
internal sealed class SelectedView(IDataView source, ColumnChoice choice) : EngineView(choice.OutputSchema)
{
    public override bool CanShuffle => source.CanShuffle;

    public override long? GetRowCount() => source.GetRowCount();

    public override BatchCursor OpenBatches(bool[] active, Random? rand) =>
        new Cursor(choice, Batches.Open(source, choice.ActiveInputs(active), rand));

    private sealed class Cursor(ColumnChoice choice, BatchCursor input) : BatchCursor
    {
        public override BatchColumn Column(int index) => input.Column(choice.Source(index));

        public override DataViewRowId Id(int row) => input.Id(row);

        protected override int Read(int maxRows) => input.MoveNext(maxRows) ? input.Count : 0;

        protected override void Dispose(bool disposing) => input.Dispose();
    }
}
