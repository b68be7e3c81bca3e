using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Opening views of any make as batches.</summary>
internal static class Batches
{
    public const int MaxRows = 1024;

    // About what the second-level cache of a core holds.
    private const int TargetBytes = 1 << 20;

    public static BatchCursor Open(IDataView view, bool[] active, Random? rand = null) => view is EngineView engine
        ? engine.OpenBatches(active, rand)
        : new RowBatchCursor(view, active, rand);

    public static BatchCursor Open(IDataView view, params ReadOnlySpan<DataViewSchema.Column> columns) =>
        Open(view, Active(view.Schema, columns));

    public static bool[] Active(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns) => Active(schema, [.. columns]);

    public static bool[] Active(DataViewSchema schema, ReadOnlySpan<DataViewSchema.Column> columns)
    {
        var active = new bool[schema.Count];
        foreach (var column in columns)
            active[Resolve(schema, column)] = true;
        return active;
    }

    /// <summary>How many rows of these columns make a batch of a good size.</summary>
    public static int GoodRows(DataViewSchema schema, bool[] active)
    {
        long bytes = 0;
        foreach (var column in schema)
            if (active[column.Index])
                bytes += column.Type is VectorDataViewType vector ? Math.Max(32, 4L * vector.Size) : 8;
        return (int)Math.Clamp(TargetBytes / Math.Max(bytes, 1), 32, MaxRows);
    }

    public static InvalidOperationException Inactive(int index) => new($"Column {index} was not asked for when the cursor was opened.");

    // A column of an earlier view of the same data is found by its name, as long as it is the same column.
    private static int Resolve(DataViewSchema schema, DataViewSchema.Column column)
    {
        if (column.Index < schema.Count && schema[column.Index].Name == column.Name)
            return column.Index;
        throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' ({column.Index}) is not part of this schema.");
    }
}
