using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    public IDataView LoadFromEnumerable<[DynamicallyAccessedMembers(RowMember.Needed)] TRow>(
        IEnumerable<TRow> data, SchemaDefinition? schemaDefinition = null)
        where TRow : class
    {
        ArgumentNullException.ThrowIfNull(data);
        var binding = new RowBinding<TRow>(schemaDefinition, SchemaDefinition.Direction.Read);
        return new EnumerableView<TRow>(data, binding, binding.ToSchema());
    }

    public IDataView LoadFromEnumerable<[DynamicallyAccessedMembers(RowMember.Needed)] TRow>(IEnumerable<TRow> data, DataViewSchema schema)
        where TRow : class
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(schema);
        return LoadFromEnumerable(data, DefinitionFrom(schema, typeof(TRow)));
    }

    public IEnumerable<TRow> CreateEnumerable<[DynamicallyAccessedMembers(RowMember.Needed | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TRow>(
        IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false, SchemaDefinition? schemaDefinition = null)
        where TRow : class, new()
    {
        ArgumentNullException.ThrowIfNull(data);
        return new ViewEnumerable<TRow>(data, reuseRowObject, ignoreMissingColumns, schemaDefinition);
    }

    /// <summary>The row class's definition, with types and annotations taken from the columns of the same names.</summary>
    internal static SchemaDefinition DefinitionFrom(
        DataViewSchema schema, [DynamicallyAccessedMembers(RowMember.Needed)] Type rowType)
    {
        var definition = SchemaDefinition.Create(rowType, SchemaDefinition.Direction.Read);
        foreach (var column in definition)
        {
            if (schema.GetColumnOrNull(column.ColumnName) is not { } found)
                continue;
            column.ColumnType = found.Type;
            column.CopyAnnotations(found.Annotations);
        }
        return definition;
    }
}
