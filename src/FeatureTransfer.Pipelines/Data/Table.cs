using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>Rows in memory as named columns of text, numbers or vectors of numbers. Immutable.</summary>
public sealed class Table : IDataView
{
    private readonly IReadOnlyList<TableColumn> _columns;
    private readonly int _count;

    /// <summary>A table without columns.</summary>
    /// <param name="count">The number of rows.</param>
    public Table(int count)
        : this(count, [])
    {
    }

    private Table(int count, IReadOnlyList<TableColumn> columns)
    {
        (_count, _columns) = (count, columns);
        var builder = new DataViewSchema.Builder();
        foreach (var column in _columns)
            builder.AddColumn(column.Name, column.Type, column.Annotations);
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
    public Table With(string name, string[] values) => Add(TableColumn.OfText(name, values));

    /// <summary>The table with one more column of numbers.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">One value a row.</param>
    public Table With(string name, float[] values) => Add(TableColumn.Of(name, values, NumberDataViewType.Single));

    /// <summary>The table with one more column of vectors, all of one length.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">One vector a row.</param>
    public Table With(string name, float[][] values) =>
        With(name, values, new VectorDataViewType(NumberDataViewType.Single, values is [var first, ..] ? first.Length : 0));

    /// <summary>The table with one more column of vectors that have dimensions: trainers want the very same where they predict.</summary>
    internal Table With(string name, float[][] values, VectorDataViewType type) => Add(TableColumn.OfVectors(name, values, type));

    /// <summary>The table with a column in the place of another of that name, or behind all where there is none.</summary>
    internal Table With(TableColumn column)
    {
        var place = _columns.ToList().FindLastIndex(other => other.Name == column.Name);
        return place < 0 ? Add(column) : new Table(_count, [.. _columns.Take(place), column, .. _columns.Skip(place + 1)]);
    }

    /// <summary>The rows at these positions, in this order.</summary>
    /// <param name="rows">The positions, from 0.</param>
    public Table Select(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new Table(rows.Count, [.. _columns.Select(column => column.Select(rows))]);
    }

    /// <summary>The rows, and behind them those of another table, with the columns that both have.</summary>
    internal Table Append(Table other) =>
        new(_count + other._count, [.. _columns.Select(column => other._columns.LastOrDefault(same => same.Name == column.Name) is { } same ? column.Append(same) : null).OfType<TableColumn>()]);

    /// <summary>The values of a column of text, or null when there is no such column.</summary>
    /// <param name="name">The column's name.</param>
    public IReadOnlyList<string>? Text(string name) => Values<string>(name);

    /// <summary>The values of a column of numbers, or null when there is no such column.</summary>
    internal IReadOnlyList<float>? Numbers(string name) => Values<float>(name);

    /// <summary>A row's numbers in a column; empty where the column has none.</summary>
    internal ReadOnlySpan<float> Values(string name, int row) => _columns.LastOrDefault(column => column.Name == name) switch
    {
        TableColumn<float[]> vectors => vectors.Values[row],
        TableColumn<float> numbers => numbers.Values.AsSpan(row, 1),
        _ => [],
    };

    /// <summary>The vectors of a column, one a row.</summary>
    internal float[][] Vectors(string name) => [.. Enumerable.Range(0, Count).Select(row => Values(name, row).ToArray())];

    /// <inheritdoc />
    public long? GetRowCount() => _count;

    /// <inheritdoc />
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, [.. columnsNeeded.Select(column => column.Index)]);

    /// <inheritdoc />
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private T[]? Values<T>(string name) => (_columns.LastOrDefault(column => column.Name == name) as TableColumn<T>)?.Values;

    private Table Add(TableColumn column)
    {
        ArgumentException.ThrowIfNullOrEmpty(column.Name);
        return column.Count == _count
            ? new Table(_count, [.. _columns, column])
            : throw new ArgumentException($"The column '{column.Name}' has {column.Count} values, the table {_count} rows.", nameof(column));
    }

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

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            table._columns[column.Index].Getter(() => _row) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"The column '{column.Name}' is {column.Type}, not {typeof(TValue)}.");
    }
}
