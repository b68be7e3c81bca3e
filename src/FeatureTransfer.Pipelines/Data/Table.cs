using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>Rows in memory as named columns of text, numbers or vectors of numbers. Immutable.</summary>
public sealed class Table : IDataView
{
    private readonly IReadOnlyList<(string Name, Array Values, DataViewType Type)> _columns;
    private readonly int _count;

    /// <summary>A table without columns.</summary>
    /// <param name="count">The number of rows.</param>
    public Table(int count)
        : this(count, [])
    {
    }

    private Table(int count, IReadOnlyList<(string, Array, DataViewType)> columns)
    {
        (_count, _columns) = (count, columns);
        var builder = new DataViewSchema.Builder();
        foreach (var (name, _, type) in _columns)
            builder.AddColumn(name, type);
        Schema = builder.ToSchema();
    }

    /// <summary>The number of rows.</summary>
    public int Count => _count;

    /// <inheritdoc />
    public DataViewSchema Schema { get; }

    /// <inheritdoc />
    public bool CanShuffle => false;

    /// <summary>The table with one more column of text.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">One value a row.</param>
    public Table With(string name, string[] values) => Add(name, values, TextDataViewType.Instance);

    /// <summary>The table with one more column of numbers.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">One value a row.</param>
    public Table With(string name, float[] values) => Add(name, values, NumberDataViewType.Single);

    /// <summary>The table with one more column of vectors, all of one length.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">One vector a row.</param>
    public Table With(string name, float[][] values) =>
        With(name, values, new VectorDataViewType(NumberDataViewType.Single, values is [var first, ..] ? first.Length : 0));

    /// <summary>The table with one more column of vectors that have dimensions: trainers want the very same where they predict.</summary>
    internal Table With(string name, float[][] values, VectorDataViewType type) => Add(name, values, type);

    /// <summary>The rows at these positions, in this order.</summary>
    /// <param name="rows">The positions, from 0.</param>
    public Table Select(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new Table(rows.Count, [.. _columns.Select(column => (column.Name, Pick(column.Values, rows), column.Type))]);
    }

    /// <summary>The values of a column of text, or null when there is no such column.</summary>
    /// <param name="name">The column's name.</param>
    public IReadOnlyList<string>? Text(string name) => _columns.LastOrDefault(column => column.Name == name).Values as string[];

    /// <inheritdoc />
    public long? GetRowCount() => _count;

    /// <inheritdoc />
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, [.. columnsNeeded.Select(column => column.Index)]);

    /// <inheritdoc />
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private Table Add(string name, Array values, DataViewType type)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return values.Length == _count
            ? new Table(_count, [.. _columns, (name, values, type)])
            : throw new ArgumentException($"The column '{name}' has {values.Length} values, the table {_count} rows.", nameof(values));
    }

    private static Array Pick(Array values, IReadOnlyList<int> rows) => values switch
    {
        string[] texts => rows.Select(row => texts[row]).ToArray(),
        float[] numbers => rows.Select(row => numbers[row]).ToArray(),
        float[][] vectors => rows.Select(row => vectors[row]).ToArray(),
        _ => throw new ArgumentException($"Columns of {values.GetType()} are not known."),
    };

    private sealed class Cursor(Table table, HashSet<int> active) : DataViewRowCursor
    {
        private int _row = -1;

        public override DataViewSchema Schema => table.Schema;

        public override long Position => _row;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override bool MoveNext()
        {
            if (_row < table._count)
                _row++;
            return _row < table._count;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_row, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Delegate getter = table._columns[column.Index].Values switch
            {
                string[] texts => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = texts[_row].AsMemory()),
                float[] numbers => (ValueGetter<float>)((ref float value) => value = numbers[_row]),
                var other => Vector((float[][])other),
            };
            return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"The column '{column.Name}' is {column.Type}, not {typeof(TValue)}.");
        }

        private ValueGetter<VBuffer<float>> Vector(float[][] vectors) => (ref VBuffer<float> value) =>
        {
            var editor = VBufferEditor.Create(ref value, vectors[_row].Length);
            vectors[_row].CopyTo(editor.Values);
            value = editor.Commit();
        };
    }
}
