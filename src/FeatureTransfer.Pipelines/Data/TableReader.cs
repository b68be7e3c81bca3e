using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>Reads a view once into a table.</summary>
internal static class TableReader
{
    private static readonly Dictionary<Type, Func<DataViewRow, DataViewSchema.Column, Reader>> _numbers = new()
    {
        [typeof(float)] = Reader.OfNumbers<float>,
        [typeof(double)] = Reader.OfNumbers<double>,
        [typeof(byte)] = Reader.OfNumbers<byte>,
        [typeof(int)] = Reader.OfNumbers<int>,
        [typeof(long)] = Reader.OfNumbers<long>,
    };

    /// <summary>All visible columns of text, numbers and vectors of numbers; columns of other types, and vectors of any length, are left out.</summary>
    public static Table Read(IDataView view, CancellationToken cancellationToken)
    {
        var columns = view.Schema.Where(column => !column.IsHidden && IsKnown(column.Type)).ToList();
        using var cursor = view.GetRowCursor(columns);
        var readers = columns.ConvertAll(column => column.Type is TextDataViewType ? Reader.OfText(cursor, column) : _numbers[ItemType(column.Type)](cursor, column));
        var count = 0;
        while (cursor.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            readers.ForEach(reader => reader.Read());
            count++;
        }

        return readers.Aggregate(new Table(count), (table, reader) => reader.AddTo(table));
    }

    private static bool IsKnown(DataViewType type) => type is TextDataViewType || (type is not VectorDataViewType { Size: 0 } && _numbers.ContainsKey(ItemType(type)));

    private static Type ItemType(DataViewType type) => (type as VectorDataViewType)?.ItemType.RawType ?? type.RawType;

    private sealed class Reader(Action read, Func<Table, Table> addTo)
    {
        public void Read() => read();

        public Table AddTo(Table table) => addTo(table);

        public static Reader OfText(DataViewRow row, DataViewSchema.Column column) =>
            Of<ReadOnlyMemory<char>, string>(row, column, text => text.ToString(), values => TableColumn.OfText(column.Name, values));

        public static Reader OfNumbers<T>(DataViewRow row, DataViewSchema.Column column) => column.Type is VectorDataViewType type
            ? Of<VBuffer<T>, T[]>(row, column, vector => [.. vector.DenseValues()], values => TableColumn.OfVectors(column.Name, values, type))
            : Of<T, T>(row, column, number => number, values => TableColumn.Of(column.Name, values, column.Type));

        private static Reader Of<TRead, TKept>(DataViewRow row, DataViewSchema.Column column, Func<TRead, TKept> keep, Func<TKept[], TableColumn> make)
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
                table => table.With(make([.. values])));
        }
    }
}
