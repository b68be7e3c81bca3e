using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.FineTuning;

/// <summary>Gives a graph of tokens the one input of <see cref="PackedTokens"/> for training, and its own inputs back afterwards.</summary>
internal static class PackedInput
{
    private const string Name = "FeatureTransfer.Tokens";

    /// <summary>What is fed to the packed graph.</summary>
    public static GraphFeeds Feeds(GraphFeeds own) => new([Name], own.Mask);

    /// <summary>The graph with one input.</summary>
    /// <param name="model">The graph; it is left as it is.</param>
    /// <param name="own">Its own inputs: ids, mask, types.</param>
    /// <param name="shape">The shape of a row.</param>
    public static OnnxModel Pack(OnnxModel model, GraphFeeds own, IReadOnlyList<long> shape)
    {
        var proto = model.Proto.Clone();
        var nodes = proto.Graph.Node.ToList();
        proto.Graph.Node.Clear();
        proto.Graph.Input.Clear();
        var builder = new GraphBuilder(proto.Graph);
        proto.Graph.Input.Add(GraphBuilder.FloatValue(Name, [-1, .. shape]));
        var whole = builder.Node("Cast", $"{Name}/whole", [Name], GraphBuilder.Int("to", (long)TensorProto.Types.DataType.Int64));
        for (var part = 0; part < own.Names.Count; part++)
            builder.Node("Gather", own.Names[part], [whole, Place(proto.Graph, part)], GraphBuilder.Int("axis", 1));
        proto.Graph.Node.AddRange(nodes);
        return new OnnxModel(proto, model.Name);
    }

    /// <summary>A packed graph with its own inputs, in the same memory; any other is returned as it is.</summary>
    public static OnnxModel Unpack(OnnxModel model)
    {
        var graph = model.Proto.Graph;
        if (!graph.Input.Any(input => input.Name == Name))
            return model;
        graph.Input.Clear();
        foreach (var node in graph.Node.Where(node => node.Output[0].StartsWith(Name, StringComparison.Ordinal) || node.Input.Contains($"{Name}/whole")).ToList())
        {
            graph.Node.Remove(node);
            if (node.OpType == "Gather")
                graph.Input.Add(GraphBuilder.TokenValue(node.Output[0]));
        }

        foreach (var place in graph.Initializer.Where(tensor => tensor.Name.StartsWith(Name, StringComparison.Ordinal)).ToList())
            graph.Initializer.Remove(place);
        return model;
    }

    // One number, so that the axis that is chosen from goes.
    private static string Place(GraphProto graph, int part)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Name}/{part}");
        graph.Initializer.Add(new TensorProto { Name = name, DataType = (int)TensorProto.Types.DataType.Int64, Int64Data = { part } });
        return name;
    }
}
