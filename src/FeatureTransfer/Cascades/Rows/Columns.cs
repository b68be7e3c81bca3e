using Microsoft.ML.Data;

namespace FeatureTransfer.Cascades;

/// <summary>Looks at columns of models' answers.</summary>
internal static class Columns
{
    /// <summary>What trainers call a row's numbers, one a class.</summary>
    public const string Score = "Score";

    /// <summary>What trainers call the predicted class.</summary>
    public const string PredictedLabel = "PredictedLabel";

    /// <summary>A getter of one type as the one that is asked for.</summary>
    /// <exception cref="InvalidOperationException">Another type is asked for.</exception>
    public static ValueGetter<TValue> Getter<T, TValue>(ValueGetter<T> getter) => getter as ValueGetter<TValue>
        ?? throw new InvalidOperationException($"The column holds {typeof(T)}, not {typeof(TValue)}.");

    /// <summary>A column by name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none; the message names the nearest.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name, string what)
    {
        var names = schema.Where(column => !column.IsHidden).Select(column => column.Name).ToList();
        return schema.GetColumnOrNull(name)
            ?? throw new ArgumentOutOfRangeException(nameof(schema), $"There is no column '{name}' for {what}.{NearestName.Hint(name, names)} The columns are {string.Join(", ", names)}.");
    }

    /// <summary>Reads a column as text, a line a row; keys are read as their numbers.</summary>
    public static List<string> Texts(IDataView rows, DataViewSchema.Column column)
    {
        using var cursor = rows.GetRowCursor([column]);
        var read = column.Type switch
        {
            TextDataViewType => Reader<ReadOnlyMemory<char>>(cursor, column),
            KeyDataViewType { RawType: var raw } when raw == typeof(byte) => Reader<byte>(cursor, column),
            KeyDataViewType { RawType: var raw } when raw == typeof(ushort) => Reader<ushort>(cursor, column),
            KeyDataViewType { RawType: var raw } when raw == typeof(uint) => Reader<uint>(cursor, column),
            NumberDataViewType { RawType: var raw } when raw == typeof(float) => Reader<float>(cursor, column),
            NumberDataViewType { RawType: var raw } when raw == typeof(int) => Reader<int>(cursor, column),
            NumberDataViewType { RawType: var raw } when raw == typeof(long) => Reader<long>(cursor, column),
            _ => throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is {column.Type}. Expected text, a key or a number."),
        };
        var texts = new List<string>();
        while (cursor.MoveNext())
            texts.Add(read());
        return texts;
    }

    /// <summary>The names of a key's classes, in the order of the scores; numbers where it has no names in text.</summary>
    public static IReadOnlyList<string> ClassNames(DataViewSchema.Column key)
    {
        var count = (int)((KeyDataViewType)key.Type).Count;
        if (key.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is not VectorDataViewType { ItemType: TextDataViewType })
            return [.. Enumerable.Range(1, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        VBuffer<ReadOnlyMemory<char>> names = default;
        key.GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static Func<string> Reader<T>(DataViewRow row, DataViewSchema.Column column)
        where T : notnull
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return string.Create(CultureInfo.InvariantCulture, $"{value}");
        };
    }
}
