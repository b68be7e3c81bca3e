using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>Reads a view once into a table.</summary>
internal static class TableReader
{
    /// <summary>All visible columns of text, numbers and vectors of numbers; columns of other types are left out.</summary>
    public static Table Read(IDataView view, CancellationToken cancellationToken)
    {
        var columns = view.Schema.Where(column => !column.IsHidden && IsKnown(column.Type)).ToList();
        using var cursor = view.GetRowCursor(columns);
        var readers = columns.ConvertAll(column => Reader.Create(cursor, column));
        var count = 0;
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            readers.ForEach(reader => reader.Read());
            count++;
        }

        return readers.Aggregate(new Table(count), (table, reader) => reader.AddTo(table));
    }

    private static bool IsKnown(DataViewType type) =>
        type is TextDataViewType || type.RawType == typeof(float) || type is VectorDataViewType { Size: > 0 } vector && vector.ItemType.RawType == typeof(float);

    private sealed class Reader(Action read, Func<Table, Table> addTo)
    {
        public void Read() => read();

        public Table AddTo(Table table) => addTo(table);

        public static Reader Create(DataViewRow row, DataViewSchema.Column column)
        {
            if (column.Type is TextDataViewType)
                return Of<ReadOnlyMemory<char>, string>(row, column, text => text.ToString(), (table, values) => table.With(column.Name, values));
            return column.Type is VectorDataViewType type
                ? Of<VBuffer<float>, float[]>(row, column, vector => [.. vector.DenseValues()], (table, values) => table.With(column.Name, values, type))
                : Of<float, float>(row, column, number => number, (table, values) => table.With(column.Name, values));
        }

        private static Reader Of<TRead, TKept>(DataViewRow row, DataViewSchema.Column column, Func<TRead, TKept> keep, Func<Table, TKept[], Table> add)
        {
            var getter = row.GetGetter<TRead>(column);
            var values = new List<TKept>();
            TRead value = default!;
            return new Reader(
                () =>
                {
                    getter(ref value);
                    values.Add(keep(value));
                },
                table => add(table, [.. values]));
        }
    }
}
