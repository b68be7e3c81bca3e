using System.Collections.Immutable;
using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>The first rows of a view, for looking at.</summary>
public sealed class DataDebuggerPreview
{
    internal DataDebuggerPreview(IDataView data, int maxRows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxRows);
        Schema = data.Schema;
        var rows = new List<KeyValuePair<string, object>[]>();
        using (var cursor = data.GetRowCursor(data.Schema))
        {
            var getters = data.Schema.Select(c => TypeDispatch.CallRaw(c.Type, new Boxer(cursor, c))).ToArray();
            while (rows.Count < maxRows && cursor.MoveNext())
                rows.Add([.. data.Schema.Select(c => KeyValuePair.Create(c.Name, getters[c.Index]()))]);
        }
        RowView = [.. rows.Select(r => new RowInfo(r))];
        ColumnView = [.. data.Schema.Select(c => new ColumnInfo(c, [.. rows.Select(r => r[c.Index].Value)]))];
    }

    public DataViewSchema Schema { get; }

    public ImmutableArray<ColumnInfo> ColumnView { get; }

    public ImmutableArray<RowInfo> RowView { get; }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Schema.Count} columns, {RowView.Length} rows");

    /// <summary>One column's values.</summary>
    public sealed class ColumnInfo
    {
        internal ColumnInfo(DataViewSchema.Column column, object[] values)
        {
            Column = column;
            Values = values;
        }

        public DataViewSchema.Column Column { get; }

        public object[] Values { get; }

        public override string ToString() => $"{Column.Name}: {Column.Type}";
    }

    /// <summary>One row's values.</summary>
    public sealed class RowInfo
    {
        internal RowInfo(KeyValuePair<string, object>[] values)
        {
            Values = values;
        }

        public KeyValuePair<string, object>[] Values { get; }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Values.Length} columns");
    }

    private sealed class Boxer(DataViewRow row, DataViewSchema.Column column) : IItemVisitor<Func<object>>
    {
        public Func<object> Visit<T>()
        {
            var getter = row.GetGetter<T>(column);
            return () =>
            {
                T value = default!;
                getter(ref value);
                return value!;
            };
        }
    }
}
