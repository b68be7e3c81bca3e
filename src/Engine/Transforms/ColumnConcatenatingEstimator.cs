using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Puts columns of one item type together into one vector.</summary>
public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly string _output;
    private readonly string[] _inputs;
    private readonly string[]? _aliases;

    internal ColumnConcatenatingEstimator(string output, string[] inputs, string[]? aliases = null)
    {
        Check.Name(output, "name");
        _output = output;
        _inputs = inputs;
        _aliases = aliases;
    }

    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var transformer = new ColumnConcatenatingTransformer(_output, _inputs, _aliases);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var columns = _inputs.Select(name => inputSchema.Find(name)).ToArray();
        var first = columns[0];
        foreach (var column in columns)
            if (!first.ItemType.Equals(column.ItemType) || first.IsKey != column.IsKey)
                throw Check.Mismatch("input", column.Name, first.ItemType.ToString()!, column.TypeText());
        bool isVariable = columns.Any(c => c.Kind == SchemaShape.Column.VectorKind.VariableVector);
        return inputSchema.With(new SchemaShape.Column(
            _output,
            isVariable ? SchemaShape.Column.VectorKind.VariableVector : SchemaShape.Column.VectorKind.Vector,
            first.ItemType,
            first.IsKey,
            new SchemaShape(Annotations(columns, isVariable))));
    }

    private static IEnumerable<SchemaShape.Column> Annotations(SchemaShape.Column[] columns, bool isVariable)
    {
        if (!isVariable && columns.Any(c => c.Kind == SchemaShape.Column.VectorKind.Scalar || c.HasSlotNames()))
            yield return SchemaShape.Column.Of(AnnotationKinds.SlotNames, AnnotationKinds.TextVector);
        if (columns.All(c => c.IsNormalized()))
            yield return SchemaShape.Column.Of(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance);
    }
}
