using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.Data;

/// <summary>A row class with the definition of its columns: makes readers, writers and the schema.</summary>
internal sealed class RowBinding<[DynamicallyAccessedMembers(RowMember.Needed)] TRow>
    where TRow : class
{
    private readonly (SchemaDefinition.Column Column, RowMember Member)[] _columns;

    public RowBinding(SchemaDefinition? definition, SchemaDefinition.Direction direction)
    {
        definition ??= SchemaDefinition.Create(typeof(TRow), direction);
        _columns = [.. definition.Select(c => (c, RowMember.Find(typeof(TRow), c.MemberName)
            ?? throw new ArgumentOutOfRangeException(nameof(definition), $"{typeof(TRow)} has no public field or property '{c.MemberName}'.")))];
        Columns = [.. _columns.Select(c => new DataViewSchema.DetachedColumn(c.Column.ColumnName, c.Column.ColumnType, c.Column.Annotations))];
    }

    public IReadOnlyList<DataViewSchema.DetachedColumn> Columns { get; }

    public DataViewSchema ToSchema()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(Columns);
        return builder.ToSchema();
    }

    public MemberReader<TRow> Reader(int column) => MemberReader<TRow>.Create(_columns[column].Member, Columns[column].Type);

    /// <summary>The columns of a schema that the members take their values from; a missing one is an error or left out.</summary>
    public IReadOnlyList<(int Member, DataViewSchema.Column Column)> Bind(DataViewSchema schema, bool ignoreMissing = false)
    {
        var bound = new List<(int, DataViewSchema.Column)>();
        for (int i = 0; i < _columns.Length; i++)
        {
            if (schema.GetColumnOrNull(Columns[i].Name) is not { } column)
            {
                if (ignoreMissing)
                    continue;
                throw new ArgumentOutOfRangeException(nameof(schema), $"Could not find column '{Columns[i].Name}'");
            }
            MemberWriter<TRow>.CheckFit(_columns[i].Member, column.Name, column.Type);
            bound.Add((i, column));
        }
        return bound;
    }

    public MemberWriter<TRow> Writer(int member, DataViewSchema.Column column, BatchColumn source) =>
        MemberWriter<TRow>.Create(_columns[member].Member, column.Name, column.Type, source);
}
