using FeatureTransfer.Models;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Adaptation;

/// <summary>The maps of both domains in one graph for one row: features (1, dimension) and the domain (1, 1) to a vector (length).</summary>
internal static class DomainGraph
{
    /// <summary>Makes the graph.</summary>
    /// <param name="source">For rows whose domain is 1.</param>
    /// <param name="target">For all others.</param>
    /// <param name="features">The column of the features.</param>
    /// <param name="dimension">Their number.</param>
    /// <param name="length">The length of what comes out.</param>
    public static OnnxModel Of(DomainMap source, DomainMap target, string features, int dimension, int length)
    {
        var builder = Begin(features, dimension);
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused(HelperColumns.Domain), 1, 1));
        var ofSource = builder.Node("Greater", "adapt_is_source", [HelperColumns.Domain, builder.Constant("adapt_half", [0.5f], 1)]);
        return Finish(builder, builder.Node("Where", "adapt_chosen", [ofSource, source.AddTo(builder, features, "adapt_source_"), target.AddTo(builder, features, "adapt_target_")]), length);
    }

    /// <summary>Makes the graph of one domain's map, which asks for no domain.</summary>
    /// <param name="map">The map.</param>
    /// <param name="features">The column of the features.</param>
    /// <param name="dimension">Their number.</param>
    /// <param name="length">The length of what comes out.</param>
    public static OnnxModel Of(DomainMap map, string features, int dimension, int length)
    {
        var builder = Begin(features, dimension);
        return Finish(builder, map.AddTo(builder, features, "adapt_"), length);
    }

    private static GraphBuilder Begin(string features, int dimension)
    {
        var builder = new GraphBuilder("adaptation");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused(features), 1, dimension));
        return builder;
    }

    private static OnnxModel Finish(GraphBuilder builder, string outcome, int length)
    {
        builder.Node("Reshape", RowGraph.Output, [outcome, builder.Constant("adapt_shape", [(long)length], 1)]);
        builder.Graph.Output.Add(GraphBuilder.FloatValue(RowGraph.Output, length));
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return new OnnxModel(proto, "adaptation");
    }
}
