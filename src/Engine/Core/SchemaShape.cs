using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>What is known of a schema before any data is seen: columns without sizes and key counts.</summary>
public sealed class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    private readonly Column[] _columns;

    public SchemaShape(IEnumerable<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _columns = [.. columns];
    }

    private SchemaShape()
    {
        _columns = [];
    }

    internal static SchemaShape Empty { get; } = new();

    public int Count => _columns.Length;

    public Column this[int index] => _columns[index];

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static SchemaShape Create(DataViewSchema schema) =>
        new(schema.Where(c => !c.IsHidden).Select(c => Column.Of(c.Name, c.Type, Create(c.Annotations.Schema))));

    internal bool TryFindColumn(string name, out Column column)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        int at = Array.FindLastIndex(_columns, c => c.Name == name);
        column = at >= 0 ? _columns[at] : default;
        return at >= 0;
    }

    internal Column Find(string name, string role = "input", string parameter = "inputSchema") => TryFindColumn(name, out var column)
        ? column
        : throw new ArgumentOutOfRangeException(parameter, $"Could not find {role} column '{name}'");

    /// <summary>The shape with these columns added, each in the place of one of the same name if there is one.</summary>
    internal SchemaShape With(params IEnumerable<Column> added)
    {
        var columns = _columns.ToDictionary(c => c.Name, StringComparer.Ordinal);
        foreach (var column in added)
            columns[column.Name] = column;
        return new(columns.Values);
    }

    /// <summary>What is known of one column.</summary>
    [SuppressMessage("Performance", "CA1815", Justification = "ML.NET's struct has no equality members.")]
    public readonly struct Column
    {
        public readonly string Name;
        public readonly VectorKind Kind;
        public readonly DataViewType ItemType;
        public readonly bool IsKey;
        public readonly SchemaShape Annotations;

        internal Column(string name, VectorKind kind, DataViewType itemType, bool isKey, SchemaShape? annotations = null)
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            Name = name;
            Kind = kind;
            ItemType = itemType;
            IsKey = isKey;
            Annotations = annotations ?? Empty;
        }

        internal bool IsValid => Name is not null;

        internal bool IsTextScalar => Kind == VectorKind.Scalar && ItemType is TextDataViewType;

        internal static Column Of(string name, DataViewType type, SchemaShape? annotations = null)
        {
            var vector = type as VectorDataViewType;
            var kind = vector is null ? VectorKind.Scalar : vector.IsKnownSize ? VectorKind.Vector : VectorKind.VariableVector;
            DataViewType item = vector is null ? type : vector.ItemType;
            // The count of a key is not part of a shape: the item is the number under the key.
            return item is KeyDataViewType key
                ? new(name, kind, NumberDataViewType.FromType(key.RawType)!, true, annotations)
                : new(name, kind, item, false, annotations);
        }

        internal Column As(string name, SchemaShape? annotations = null) => new(name, Kind, ItemType, IsKey, annotations ?? Annotations);

        internal string TypeText()
        {
            string item = IsKey ? $"Key<{ItemType}>" : ItemType.ToString()!;
            return Kind switch
            {
                VectorKind.Vector => $"Vector<{item}>",
                VectorKind.VariableVector => $"VarVector<{item}>",
                _ => item,
            };
        }

        /// <summary>One value, a vector of known size, or one of a size that differs from row to row.</summary>
        public enum VectorKind
        {
            Scalar = 0,
            Vector = 1,
            VariableVector = 2,
        }
    }
}
