using Microsoft.ML.Data;
using ElementType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Export;

/// <summary>What columns are in a graph: (batch, values).</summary>
internal static class ColumnTypes
{
    /// <summary>The type and number of a row's values; null for what no graph is fed with.</summary>
    public static (ElementType Element, int Length)? Of(DataViewType type) => type switch
    {
        VectorDataViewType { IsKnownSize: true } vector when Element(vector.ItemType) is { } element => (element, vector.Size),
        _ when Element(type) is { } element => (element, 1),
        _ => null,
    };

    /// <summary>Some columns of a schema, annotations included.</summary>
    public static DataViewSchema Part(DataViewSchema schema, IEnumerable<string> names)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var name in names)
            builder.AddColumn(name, schema[name].Type, schema[name].Annotations);
        return builder.ToSchema();
    }

    private static ElementType? Element(DataViewType type) => type switch
    {
        NumberDataViewType when type.RawType == typeof(float) => ElementType.Float,
        TextDataViewType => ElementType.String,
        BooleanDataViewType => ElementType.Bool,
        _ => null,
    };
}
