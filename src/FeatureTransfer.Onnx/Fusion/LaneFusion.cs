using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Kernels.Lanes;
using FeatureTransfer.Onnx.Quantization;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Fusion;

/// <summary>Puts <see cref="InvertedResidual"/> in place of the bottlenecks of networks such as MobileNet, where the machine has vectors of sixteen floats.</summary>
internal static class LaneFusion
{
    // Says of a model that it was rewritten; ONNX Runtime keeps it in the graphs that it writes.
    private const string Mark = "featuretransfer.lanes";

    /// <summary>A model that computes the same up to rounding; null where it has no bottlenecks, or they cannot be had.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    public static OnnxModel? TryApply(OnnxModel model)
    {
        if (!LaneLayout.IsFast || !MayHold(model.Proto.Graph))
            return null;
        try
        {
            var folded = FoldedModel.Of(model, []);
            return Rewrite(folded.Proto.Graph) ? Declared(folded) : null;
        }
        catch (FeatureTransferException)
        {
            // It is too old, or ONNX Runtime does not load it: whoever opens it says so.
            return null;
        }
    }

    /// <summary>Whether a session runs a model that <see cref="TryApply"/> made.</summary>
    public static bool IsIn(InferenceSession session) => session.ModelMetadata.CustomMetadataMap.ContainsKey(Mark);

    /// <summary>Rewrites a graph.</summary>
    /// <returns>Whether there was a bottleneck.</returns>
    public static bool Rewrite(GraphProto graph)
    {
        var matches = new LaneMatches(graph);
        if (matches.Found.Count == 0)
            return false;
        var builder = new GraphBuilder(graph);
        var nodes = graph.Node.ToList();
        graph.Node.Clear();
        var byLast = matches.Found.ToDictionary(match => match.Nodes[^1]);
        var readInLanes = matches.Found.Where(match => match.ReadsLanes).SelectMany(match => match.Nodes).ToHashSet();
        var lanes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            if (byLast.TryGetValue(node, out var match))
                Add(builder, match, lanes, matches.Uses.IsReadBesides(match.Output, readInLanes));
            else if (!matches.Taken.Contains(node))
                graph.Node.Add(node);
        }

        UnusedWeights.Drop(graph);
        return true;
    }

    private static bool MayHold(GraphProto graph) => graph.Node.Any(node => node.OpType == "Conv" && node.Int("group", 1) > 1) && graph.Node.All(node => node.OpType != "QuantizeLinear");

    private static OnnxModel Declared(OnnxModel model)
    {
        KernelOperators.DeclareIn(model.Proto);
        model.Proto.MetadataProps.Add(new StringStringEntryProto { Key = Mark, Value = "1" });
        return model;
    }

    private static void Add(GraphBuilder builder, LaneMatch match, Dictionary<string, string> lanes, bool isReadBesides)
    {
        List<string> inputs = [match.ReadsLanes ? InLanes(builder, match.Input, match.Inputs, lanes) : match.Input];
        if (match.Weights is { } weights)
            inputs.Add(builder.Constant($"{match.Output}/weights", weights, weights.Length));
        if (match.Added is { } added)
            inputs.Add(InLanes(builder, added, match.Outputs, lanes));
        var output = Node(builder, match.Operator, match.WritesLanes ? builder.Unused($"{match.Output}/lanes") : match.Output, inputs, match.Geometry);
        if (!match.WritesLanes)
            return;
        lanes[match.Output] = output;
        if (isReadBesides)
            Node(builder, FromLanes.OperatorName, match.Output, [output], GraphBuilder.Ints(KernelNode.Attribute, match.Outputs));
    }

    private static string InLanes(GraphBuilder builder, string tensor, int channels, Dictionary<string, string> lanes)
    {
        if (!lanes.TryGetValue(tensor, out var known))
            lanes[tensor] = known = Node(builder, ToLanes.OperatorName, builder.Unused($"{tensor}/lanes"), [tensor], GraphBuilder.Ints(KernelNode.Attribute, channels));
        return known;
    }

    private static string Node(GraphBuilder builder, string op, string output, IEnumerable<string> inputs, AttributeProto attribute)
    {
        builder.Node(op, output, inputs, attribute);
        builder.Graph.Node[^1].Domain = KernelOperators.Domain;
        return output;
    }
}
