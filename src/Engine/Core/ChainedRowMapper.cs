namespace Microsoft.ML.Data;

/// <summary>Row mappers one after the other.</summary>
internal sealed class ChainedRowMapper(IRowToRowMapper[] mappers, DataViewSchema input) : IRowToRowMapper
{
    public DataViewSchema InputSchema => input;

    public DataViewSchema OutputSchema => mappers.Length == 0 ? input : mappers[^1].OutputSchema;

    public static ChainedRowMapper Of(IReadOnlyList<ITransformer> transformers, DataViewSchema input)
    {
        var mappers = new IRowToRowMapper[transformers.Count];
        var schema = input;
        for (int i = 0; i < mappers.Length; i++)
        {
            mappers[i] = transformers[i].GetRowToRowMapper(schema);
            schema = mappers[i].OutputSchema;
        }
        return new(mappers, input);
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        for (int i = mappers.Length - 1; i >= 0; i--)
            dependingColumns = mappers[i].GetDependencies(dependingColumns);
        return dependingColumns;
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        var active = new DataViewSchema.Column[mappers.Length][];
        var wanted = activeColumns.ToArray();
        for (int i = mappers.Length - 1; i >= 0; i--)
        {
            active[i] = wanted;
            wanted = [.. mappers[i].GetDependencies(wanted)];
        }
        for (int i = 0; i < mappers.Length; i++)
            input = mappers[i].GetRow(input, active[i]);
        return input;
    }
}
