using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Runs an ONNX model over columns; there is nothing to learn.</summary>
public sealed class OnnxScoringEstimator : TrivialEstimator<OnnxTransformer>
{
    internal OnnxScoringEstimator(OnnxTransformer transformer)
        : base(transformer)
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (var tensor in Transformer.Inputs)
        {
            var column = inputSchema.Find(tensor.Name);
            OnnxTransformer.CheckType(tensor, column.ItemType, column.Name, column.TypeText());
        }
        return inputSchema.With(Transformer.Outputs.Select(tensor => SchemaShape.Column.Of(tensor.Name, tensor.ColumnType())));
    }
}
