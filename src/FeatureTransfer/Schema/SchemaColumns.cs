using Microsoft.ML.Data;

namespace FeatureTransfer.Schema;

/// <summary>
/// Makes <see cref="SchemaShape.Column"/>s, whose constructor ML.NET keeps to itself:
/// a custom mapping with an output schema of our choice is asked what it would add.
/// </summary>
internal static class SchemaColumns
{
    /// <summary>A column of float vectors of one length.</summary>
    public static SchemaShape.Column FloatVector(string name, VectorDataViewType type)
    {
        var output = SchemaDefinition.Create(typeof(VectorRow));
        output[0].ColumnName = name;
        output[0].ColumnType = type;
        var mapping = new MLContext().Transforms.CustomMapping<EmptyRow, VectorRow>((_, _) => { }, null, null, output);
        return mapping.GetOutputSchema(new SchemaShape([])).Single(column => column.Name == name);
    }

    /// <summary>A column of booleans.</summary>
    public static SchemaShape.Column Flag(string name)
    {
        var output = SchemaDefinition.Create(typeof(FlagRow));
        output[0].ColumnName = name;
        var mapping = new MLContext().Transforms.CustomMapping<EmptyRow, FlagRow>((_, _) => { }, null, null, output);
        return mapping.GetOutputSchema(new SchemaShape([])).Single(column => column.Name == name);
    }

    /// <summary>A column of text.</summary>
    public static SchemaShape.Column Text(string name)
    {
        var output = SchemaDefinition.Create(typeof(TextRow));
        output[0].ColumnName = name;
        var mapping = new MLContext().Transforms.CustomMapping<EmptyRow, TextRow>((_, _) => { }, null, null, output);
        return mapping.GetOutputSchema(new SchemaShape([])).Single(column => column.Name == name);
    }

    private sealed class EmptyRow;

    private sealed class TextRow
    {
        public string Value { get; set; } = "";
    }

    private sealed class FlagRow
    {
        public bool Value { get; set; }
    }


    private sealed class VectorRow
    {
        [VectorType(1)]
        public float[] Values { get; set; } = [];
    }
}
