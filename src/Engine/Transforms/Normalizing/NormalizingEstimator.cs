using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Brings the values of columns to a common scale, learned from the data.</summary>
public sealed class NormalizingEstimator : IEstimator<NormalizingTransformer>
{
    private readonly (string Output, string Input)[] _columns;
    private readonly NormalizerOptions _options;

    internal NormalizingEstimator((string Output, string Input)[] columns, NormalizerOptions options)
    {
        foreach (var (output, input) in columns)
        {
            Check.Name(output, "name");
            Check.Name(input, "inputColumnName");
        }
        Check.Param(options.MaximumExampleCount > 1, "maximumExampleCount", "Must be greater than 1");
        _columns = columns;
        _options = options;
    }

    public NormalizingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var columns = _columns.Select(c => Check.Column(input.Schema, c.Input, parameter: "data")).ToArray();
        foreach (var column in columns)
            CheckType(column);
        var label = _options.LabelColumnName is { } name ? Check.Column(input.Schema, name, "label", "data") : (DataViewSchema.Column?)null;
        using var cursor = Batches.Open(input, label is { } l ? [.. columns, l] : columns);
        var labels = label is { } used ? LabelReader.Create(cursor, used) : null;
        var fitters = columns.Select(c => _options.CreateFitter(c.Type, labels)).ToArray();
        for (long left = _options.MaximumExampleCount; left > 0 && cursor.MoveNext((int)Math.Min(left, Batches.MaxRows)); left -= cursor.Count)
        {
            labels?.Read(cursor.Count);
            for (int i = 0; i < columns.Length; i++)
                fitters[i].Add(cursor.Column(columns[i].Index), cursor.Count);
        }
        return new(_columns, [.. fitters.Select(f => f.Finish())]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(_columns.Select(c => Output(inputSchema.Find(c.Input), c.Output)));
    }

    private static SchemaShape.Column Output(SchemaShape.Column input, string name)
    {
        bool isFloat = input.ItemType.RawType == typeof(float) || input.ItemType.RawType == typeof(double);
        if (!isFloat || input.IsKey || input.Kind == SchemaShape.Column.VectorKind.VariableVector)
            throw Check.Mismatch("input", input.Name, "Single, Double or known-size vector of them", input.TypeText());
        var annotations = input.Annotations.Only(AnnotationKinds.SlotNames, AnnotationKinds.CategoricalSlotRanges);
        return input.As(name, annotations.Plus(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance));
    }

    private static void CheckType(DataViewSchema.Column column)
    {
        var item = column.Type.ItemType().RawType;
        bool fits = column.Type is not VectorDataViewType { IsKnownSize: false } && column.Type.ItemType() is not KeyDataViewType
            && (item == typeof(float) || item == typeof(double));
        Check.Param(fits, "srcType",
            $"Wrong column type for input column '{column.Name}'. Expected: Single, Double, Vector of Single or Vector of Double. Got: {column.Type}.");
    }
}
