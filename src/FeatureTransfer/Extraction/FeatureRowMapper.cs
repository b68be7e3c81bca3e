using Microsoft.ML.Data;

namespace FeatureTransfer.Extraction;

/// <summary>Transforms single rows, as prediction engines do; an unreadable one throws, and the cache is not used.</summary>
internal sealed class FeatureRowMapper(ExtractFeaturesTransformer transformer, DataViewSchema input, DataViewSchema output) : IRowToRowMapper
{
    public DataViewSchema InputSchema => input;

    public DataViewSchema OutputSchema => output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = dependingColumns.ToList();
        var columns = needed.Where(column => column.Index < input.Count).Select(column => input[column.Index]);
        return needed.Any(column => column.Index >= input.Count)
            ? columns.Concat(FeatureInputReader.Columns(input, transformer.Columns)).DistinctBy(column => column.Index)
            : columns;
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new Row(transformer, input, output);

    private sealed class Row(ExtractFeaturesTransformer transformer, DataViewRow source, DataViewSchema schema) : DataViewRow
    {
        public override DataViewSchema Schema => schema;

        public override long Position => source.Position;

        public override long Batch => source.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) =>
            column.Index >= source.Schema.Count || source.IsColumnActive(source.Schema[column.Index]);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (column.Index < source.Schema.Count)
                return source.GetGetter<TValue>(source.Schema[column.Index]);
            var read = FeatureInputReader.CreateForOne(source, transformer.Columns);
            return FeatureGetter.Of<TValue>(column.Type, () => transformer.Engine.One.Extract(read()));
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                source.Dispose();
            base.Dispose(disposing);
        }
    }
}
