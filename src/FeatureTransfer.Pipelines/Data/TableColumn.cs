using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>A column of a table.</summary>
internal abstract class TableColumn(string name, DataViewType type, DataViewSchema.Annotations? annotations)
{
    public string Name { get; } = name;

    public DataViewType Type { get; } = type;

    public DataViewSchema.Annotations? Annotations { get; } = annotations;

    public abstract int Count { get; }

    /// <summary>The rows at these positions, in this order.</summary>
    public abstract TableColumn Select(IReadOnlyList<int> rows);

    /// <summary>The values, and behind them those of another column; null where these are of another type.</summary>
    public abstract TableColumn? Append(TableColumn other);

    /// <summary>ML.NET's getter of the value in the row that <paramref name="row" /> names.</summary>
    public abstract Delegate Getter(Func<int> row);

    /// <summary>A column whose values ML.NET takes as they are.</summary>
    public static TableColumn<T> Of<T>(string name, T[] values, DataViewType type) =>
        new(name, values, type, null, (all, row) => (ValueGetter<T>)((ref T value) => value = all[row()]));

    /// <summary>A column of text.</summary>
    public static TableColumn<string> OfText(string name, string[] values) =>
        new(name, values, TextDataViewType.Instance, null, (all, row) => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = all[row()].AsMemory()));

    /// <summary>A column of vectors.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">One vector a row.</param>
    /// <param name="type">Their type.</param>
    /// <param name="slots">The names of the vector's elements; null for none.</param>
    public static TableColumn<T[]> OfVectors<T>(string name, T[][] values, VectorDataViewType type, IReadOnlyList<string>? slots = null) =>
        new(name, values, type, slots is null ? null : SlotNames(slots), (all, row) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            var vector = all[row()];
            var editor = VBufferEditor.Create(ref value, vector.Length);
            vector.CopyTo(editor.Values);
            value = editor.Commit();
        }));

    private static DataViewSchema.Annotations SlotNames(IReadOnlyList<string> slots)
    {
        var names = new VBuffer<ReadOnlyMemory<char>>(slots.Count, [.. slots.Select(slot => slot.AsMemory())]);
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, slots.Count), (ref VBuffer<ReadOnlyMemory<char>> value) => names.CopyTo(ref value));
        return builder.ToAnnotations();
    }
}

/// <summary>A column of a table, with its values.</summary>
internal sealed class TableColumn<T>(string name, T[] values, DataViewType type, DataViewSchema.Annotations? annotations, Func<T[], Func<int>, Delegate> getter)
    : TableColumn(name, type, annotations)
{
    public T[] Values => values;

    public override int Count => values.Length;

    public override TableColumn Select(IReadOnlyList<int> rows) => new TableColumn<T>(Name, [.. rows.Select(row => values[row])], Type, Annotations, getter);

    public override TableColumn? Append(TableColumn other) =>
        other is TableColumn<T> same && Type.Equals(other.Type) ? new TableColumn<T>(Name, [.. values, .. same.Values], Type, Annotations, getter) : null;

    public override Delegate Getter(Func<int> row) => getter(values, row);
}
