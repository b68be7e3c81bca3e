using Microsoft.ML.Data;
using Onnx;
using static Onnx.TensorProto.Types;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>
/// Columns as tensors of a graph: (batch, slots), and (batch, 1) for a scalar. Key columns keep their raw values: 0 is missing.
/// </summary>
internal sealed class OnnxExport
{
    // One name for the first dimension of everything: any number of rows goes through at once.
    private const string Batch = "N";

    private readonly Dictionary<string, string> _columns = [];

    private OnnxExport(DataViewSchema schema)
    {
        foreach (var column in schema.Where(c => !c.IsHidden && OnnxElement.Of(c.Type) is not null))
        {
            Graph.AddInput(Describe(column.Name, column.Type));
            _columns[column.Name] = column.Type is VectorDataViewType { Dimensions.Length: > 1 }
                ? Graph.Add("Flatten", [column.Name], OnnxGraph.Attribute("axis", 1))
                : column.Name;
        }
    }

    public OnnxGraph Graph { get; } = new();

    /// <summary>Converts a fitted model; without a choice of outputs all its columns come out, each as <c>NAME.output</c>.</summary>
    public static ModelProto Convert(ITransformer model, DataViewSchema input, string[]? outputs, int opSetVersion)
    {
        var export = new OnnxExport(input);
        TransformerExport.Export(export, model, input);
        var schema = model.GetOutputSchema(input);
        var chosen = outputs is null
            ? schema.Where(c => !c.IsHidden && OnnxElement.Of(c.Type) is not null)
            : outputs.Select(name => Check.Column(schema, name, "output", "outputColumns"));
        foreach (var column in chosen)
            export.Graph.AddOutput(Describe(column.Name + ".output", Flat(column.Type)), export.Value(column));
        return export.Graph.ToModel(opSetVersion);
    }

    /// <summary>The tensor of a column.</summary>
    public string Value(DataViewSchema.Column column) => _columns.TryGetValue(column.Name, out string? value)
        ? value
        : throw new InvalidOperationException($"Column '{column.Name}' of type {column.Type} cannot be a tensor of an ONNX model.");

    public void Set(string column, string value) => _columns[column] = value;

    /// <summary>The keys of a column, in a type with which one can reckon.</summary>
    public string Keys(DataViewSchema.Column column) => Graph.Cast(Value(column), DataType.Int64);

    /// <summary>Sets a key column from keys of <see cref="DataType.Int64"/>.</summary>
    public void SetKeys(string column, string keys, DataViewType type) => Set(column, Graph.Cast(keys, OnnxElement.Of(type)!.Value));

    private static DataViewType Flat(DataViewType type) =>
        type is VectorDataViewType { Dimensions.Length: > 1, IsKnownSize: true } vector ? new VectorDataViewType(vector.ItemType, vector.Size) : type;

    private static ValueInfoProto Describe(string name, DataViewType type)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = Batch });
        foreach (int size in (type as VectorDataViewType)?.Dimensions.ToArray() ?? [1])
            shape.Dim.Add(size > 0
                ? new TensorShapeProto.Types.Dimension { DimValue = size }
                : new TensorShapeProto.Types.Dimension { DimParam = name + "_length" });
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)OnnxElement.Of(type)!.Value, Shape = shape } },
        };
    }
}
