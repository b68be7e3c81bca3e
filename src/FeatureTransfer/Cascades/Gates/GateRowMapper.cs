using Microsoft.ML.Data;

namespace FeatureTransfer.Cascades;

/// <summary>Transforms single rows, as prediction engines do: the costly model is run only when it is needed.</summary>
internal sealed class GateRowMapper(GateTransformer gate, DataViewSchema input, DataViewSchema output) : IRowToRowMapper
{
    public DataViewSchema InputSchema => input;

    public DataViewSchema OutputSchema => output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = dependingColumns.ToList();
        var columns = needed.Where(column => column.Index < input.Count).Select(column => input[column.Index]);
        return needed.Any(column => column.Index >= input.Count)
            ? columns.Concat(GateColumns.ReadBy(gate.Cheap, input)).Concat(GateColumns.ReadBy(gate.Costly, input)).DistinctBy(column => column.Index)
            : columns;
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new Row(gate, input, output);

    private static (DataViewRow Row, Func<float[]> Read) Open(ITransformer model, DataViewRow source)
    {
        var mapper = model.GetRowToRowMapper(source.Schema);
        var score = mapper.OutputSchema[Columns.Score];
        var row = mapper.GetRow(source, [score]);
        var getter = row.GetGetter<VBuffer<float>>(score);
        VBuffer<float> values = default;
        return (row, Read);

        float[] Read()
        {
            getter(ref values);
            return [.. values.DenseValues()];
        }
    }

    private sealed class Row(GateTransformer gate, DataViewRow source, DataViewSchema schema) : DataViewRow
    {
        private readonly List<DataViewRow> _opened = [];
        private Func<float[]>? _cheap;
        private Func<float[]>? _costly;
        private GateAnswer? _answer;
        private long _answered = -1;

        public override DataViewSchema Schema => schema;

        public override long Position => source.Position;

        public override long Batch => source.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => column.Index >= source.Schema.Count || source.IsColumnActive(source.Schema[column.Index]);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (column.Index < source.Schema.Count)
                return source.GetGetter<TValue>(source.Schema[column.Index]);
            _cheap ??= OpenModel(gate.Cheap);
            _costly ??= OpenModel(gate.Costly);
            return GateColumns.Getter<TValue>(column, Answer);
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _opened.ForEach(row => row.Dispose());
                source.Dispose();
            }

            base.Dispose(disposing);
        }

        // Each column asks for the answer; it is found once a row.
        private GateAnswer Answer()
        {
            if (_answer is null || _answered != source.Position || source.Position < 0)
                (_answer, _answered) = (gate.Rule.Answer(_cheap!(), _costly!), source.Position);
            return _answer;
        }

        private Func<float[]> OpenModel(ITransformer model)
        {
            var (row, read) = Open(model, source);
            _opened.Add(row);
            return read;
        }
    }
}
