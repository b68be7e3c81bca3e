using FeatureTransfer.Onnx.Proto;
using Google.Protobuf;

namespace FeatureTransfer.Neighbours;

/// <summary>The search of an index as an ONNX graph, for one row at a time: features (1, values) to names (k) and distances (k).</summary>
internal static class NeighbourGraph
{
    /// <summary>The second input where a row is left out: its number from 1, or 0 for none.</summary>
    public const string Own = "FeatureTransfer.OwnRow";

    private const string Prefix = "FeatureTransfer.";

    // Protocol buffers end at 2 GB, and names and nodes need some of it.
    private const long MostBytes = 2_000_000_000;

    /// <summary>Makes the graph.</summary>
    /// <exception cref="FeatureTransferException">The items are too many for a graph.</exception>
    public static OnnxModel Of(NeighbourIndex index, NearestNeighboursOptions options)
    {
        if (index.Vectors.Length * (long)sizeof(float) > MostBytes)
            throw new FeatureTransferException($"{index.Count} items of {index.Dimension} features are too large for a model file, which ends at 2 GB. Use a {nameof(NeighbourIndex)}, or fewer items.");
        var builder = new GraphBuilder("neighbours");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused(options.FeatureColumnName), 1, index.Dimension));
        var distances = builder.Node("Reshape", Prefix + "flat", [DistanceGraph.Add(builder, index.Metric, index.Vectors, index.Count, index.Dimension, options.FeatureColumnName), builder.Constant(Prefix + "flat_shape", [-1L], 1)]);
        if (options.ExcludeSelf)
            distances = WithoutOwn(builder, index.Count, distances);
        var k = Math.Min(options.K, index.Count - (options.ExcludeSelf ? 1 : 0));
        builder.Node("TopK", options.DistancesColumnName, [distances, builder.Constant(Prefix + "k", [(long)k], 1)], GraphBuilder.Int("largest", 0));
        builder.Graph.Node[^1].Output.Add(Prefix + "rows");
        var names = new TensorProto { Name = Prefix + "names", DataType = (int)TensorProto.Types.DataType.String, Dims = { index.Count } };
        names.StringData.AddRange(index.Names.Select(ByteString.CopyFromUtf8));
        builder.Graph.Initializer.Add(names);
        builder.Node("Gather", options.OutputColumnName, [names.Name, Prefix + "rows"]);
        var text = GraphBuilder.FloatValue(options.OutputColumnName, k);
        text.Type.TensorType.ElemType = (int)TensorProto.Types.DataType.String;
        builder.Graph.Output.Add(text);
        builder.Graph.Output.Add(GraphBuilder.FloatValue(options.DistancesColumnName, k));
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return new OnnxModel(proto, "neighbours");
    }

    private static string WithoutOwn(GraphBuilder builder, int count, string distances)
    {
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused(Own), 1, 1));
        var own = builder.Node("Reshape", Prefix + "own", [Own, builder.Constant(Prefix + "own_shape", [1L], 1)]);
        var row = builder.Node("Cast", Prefix + "own_row", [own], GraphBuilder.Int("to", (long)TensorProto.Types.DataType.Int64));
        var isOwn = builder.Node("Equal", Prefix + "is_own", [builder.Constant(Prefix + "numbers", [.. Enumerable.Range(1, count).Select(number => (long)number)], count), row]);
        return builder.Node("Where", Prefix + "others", [isOwn, builder.Constant(Prefix + "furthest", [float.PositiveInfinity], 1), distances]);
    }
}
