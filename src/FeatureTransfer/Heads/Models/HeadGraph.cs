using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Heads;

/// <summary>A classifier as an ONNX graph for one row: features (1, dimension) to probabilities (classes) and logits (classes).</summary>
internal static class HeadGraph
{
    /// <summary>Makes the graph.</summary>
    public static OnnxModel Of(HeadDecision decision, int dimension, IReadOnlyList<string> labels, HeadOptions options)
    {
        var builder = new GraphBuilder("head");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused(options.FeatureColumnName), 1, dimension));
        var logits = decision.AddTo(builder, options.FeatureColumnName);
        var shares = builder.Node("Softmax", "head_probabilities", [logits], GraphBuilder.Int("axis", 1));
        List<(string From, string To)> outputs = [(shares, RowGraph.Output)];
        if (options.LogitsColumnName is { } column)
            outputs.Add((logits, column));
        var shape = builder.Constant("head_shape", [(long)labels.Count], 1);
        foreach (var (from, to) in outputs)
        {
            builder.Node("Reshape", to, [from, shape]);
            builder.Graph.Output.Add(GraphBuilder.FloatValue(to, labels.Count));
        }

        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        RowGraph.NameSlots(proto, labels, [.. outputs.Select(output => output.To)]);
        return new OnnxModel(proto, "head");
    }
}
