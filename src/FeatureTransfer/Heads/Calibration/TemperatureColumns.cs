using FeatureTransfer.Models;
using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Schema;
using Microsoft.ML.Data;

namespace FeatureTransfer.Heads;

/// <summary>A temperature as transformers that model files hold.</summary>
internal static class TemperatureColumns
{
    /// <summary>Makes them.</summary>
    /// <param name="scaling">The temperature.</param>
    /// <param name="scored">The columns behind a trainer.</param>
    public static ITransformer After(TemperatureScaling scaling, DataViewSchema scored)
    {
        var ml = new MLContext();
        var score = scored[ClassColumns.Score];
        var chain = new EstimatorChain<ITransformer>();
        return (score.Type is VectorDataViewType { Size: var classes }
            ? Append(chain, ml.Transforms, Graph(scaling, classes, SlotNames(score)))
            : chain.Append<ITransformer>(ml.BinaryClassification.Calibrators.Platt(slope: -1 / scaling.Temperature, offset: 0, ClassColumns.Score))).Fit(new SchemaOnly(scored));
    }

    // The custom mapping comes first: it makes ONNX Runtime ready where ML.NET alone reads the model.
    private static EstimatorChain<ITransformer> Append(EstimatorChain<ITransformer> chain, TransformsCatalog transforms, OnnxModel model)
    {
        _ = OnnxRuntimeLibrary.Environment;
        using var graph = new MemoryStream(model.ToBytes());
        return chain
            .Append<ITransformer>(transforms.CustomMapping<ZeroMapping.Anything, ZeroMapping.Zero>(ZeroMapping.Map, ZeroMapping.Contract))
            .Append<ITransformer>(transforms.ApplyOnnxModel([RowGraph.Output], [ClassColumns.Score], graph))
            .Append<ITransformer>(transforms.CopyColumns(ClassColumns.Score, RowGraph.Output))
            .Append<ITransformer>(transforms.DropColumns(HelperColumns.Zero, RowGraph.Output));
    }

    private static OnnxModel Graph(TemperatureScaling scaling, int classes, IReadOnlyList<string> names)
    {
        var builder = new GraphBuilder("temperature");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused(ClassColumns.Score), 1, classes));
        var logits = scaling.IsLogits
            ? ClassColumns.Score
            : builder.Node("Log", "temperature_logits", [builder.Node("Max", "temperature_clipped", [ClassColumns.Score, builder.Constant("temperature_least", [TemperatureScaling.Least], 1)])]);
        var divided = builder.Node("Div", "temperature_divided", [logits, builder.Constant("temperature_value", [(float)scaling.Temperature], 1)]);
        builder.Node("Reshape", RowGraph.Output, [builder.Node("Softmax", "temperature_probabilities", [divided], GraphBuilder.Int("axis", 1)), builder.Constant("temperature_shape", [(long)classes], 1)]);
        builder.Graph.Output.Add(GraphBuilder.FloatValue(RowGraph.Output, classes));
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        if (names.Count > 0)
            RowGraph.NameSlots(proto, names, [RowGraph.Output]);
        return new OnnxModel(proto, "temperature");
    }

    private static IReadOnlyList<string> SlotNames(DataViewSchema.Column column)
    {
        if (!column.HasSlotNames())
            return [];
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
