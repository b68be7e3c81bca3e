namespace Microsoft.ML.Data;

/// <summary>Reading one column.</summary>
public static class ColumnCursorExtensions
{
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName)
    {
        ArgumentNullException.ThrowIfNull(data);
        return GetColumn<T>(data, data.Schema[columnName]);
    }

    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        ArgumentNullException.ThrowIfNull(data);
        var convert = TypeDispatch.Call(column.Type.ItemType().RawType, new Converter<T>(column.Type is VectorDataViewType))
            ?? throw new ArgumentOutOfRangeException(
                nameof(column), $"Cannot map column (name: {column.Name}, type: {column.Type}) in data to the user-defined type, {typeof(T)}.");
        return Read(data, column, convert);
    }

    private static IEnumerable<T> Read<T>(IDataView data, DataViewSchema.Column column, Func<BatchColumn, int, T> convert)
    {
        using var cursor = Batches.Open(data, column);
        var values = cursor.Column(column.Index);
        int goodRows = Batches.GoodRows(data.Schema, Batches.Active(data.Schema, [column]));
        for (int rows = 1; cursor.MoveNext(rows); rows = Math.Min(rows * 2, goodRows))
            for (int i = 0; i < cursor.Count; i++)
                yield return convert(values, i);
    }

    private sealed class Converter<TResult>(bool isVector) : IItemVisitor<Func<BatchColumn, int, TResult>?>
    {
        public Func<BatchColumn, int, TResult>? Visit<T>()
        {
            if (isVector)
                return As((in VBuffer<T> v) => Copied(v)) ?? As((in VBuffer<T> v) => Dense(v)) ?? As((in VBuffer<T> v) => Texts(v));
            return As((in T v) => v) ?? As((in T v) => v is ReadOnlyMemory<char> text ? text.ToString() : null);
        }

        private delegate TTo Convert<TFrom, TTo>(in TFrom value);

        private static Func<BatchColumn, int, TResult>? As<TFrom, TTo>(Convert<TFrom, TTo> convert)
        {
            // Text is given as strings only, and only where the column holds text.
            bool wantsText = typeof(TTo) == typeof(string) || typeof(TTo) == typeof(string[]);
            bool isText = typeof(TFrom) == typeof(ReadOnlyMemory<char>) || typeof(TFrom) == typeof(VBuffer<ReadOnlyMemory<char>>);
            if (convert is not Convert<TFrom, TResult> typed || (wantsText && !isText))
                return null;
            return (column, row) => typed(in ((BatchColumn<TFrom>)column).Values[row]);
        }

        private static VBuffer<T> Copied<T>(in VBuffer<T> source)
        {
            VBuffer<T> copy = default;
            source.CopyTo(ref copy);
            return copy;
        }

        private static T[] Dense<T>(in VBuffer<T> source)
        {
            var items = new T[source.Length];
            source.CopyTo(items);
            return items;
        }

        private static string[]? Texts<T>(in VBuffer<T> source) =>
            source is VBuffer<ReadOnlyMemory<char>> texts ? [.. texts.DenseValues().Select(t => t.ToString())] : null;
    }
}
