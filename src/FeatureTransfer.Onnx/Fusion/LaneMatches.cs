using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Kernels.Lanes;

namespace FeatureTransfer.Onnx.Fusion;

/// <summary>
/// Finds what operators in the <see cref="LaneLayout"/> can stand for: bottlenecks, and of what lies beside them products of pixels by weights, the first
/// convolution of the network, and means over images.
/// </summary>
internal sealed class LaneMatches
{
    private readonly GraphConstants _constants;
    private readonly HashSet<NodeProto> _taken = [];
    private readonly List<LaneMatch> _found = [];

    public LaneMatches(GraphProto graph)
    {
        Uses = new TensorUses(graph);
        _constants = new GraphConstants(graph);
        var convolutions = graph.Node.Where(node => node.OpType == "Conv").ToList();
        convolutions.ForEach(node => Keep(BottleneckMatch.Around(node, Uses, _constants.All, _taken)));
        if (_found.Count == 0)
            return;
        var lanes = _found.SelectMany(match => match.ReadsLanes ? [match.Input, match.Output] : new[] { match.Output }).ToHashSet(StringComparer.Ordinal);
        foreach (var node in convolutions)
        {
            if (Keep(Pointwise(node, lanes)) is { } match)
                lanes.Add(match.Output);
        }

        foreach (var input in _found.Select(match => match.Input).Distinct().ToList())
            Keep(First(input));
        var made = _found.ToDictionary(match => match.Output, StringComparer.Ordinal);
        foreach (var node in graph.Node)
            Keep(Mean(node, made));
    }

    /// <summary>Who uses the graph's tensors.</summary>
    public TensorUses Uses { get; }

    /// <summary>What was found.</summary>
    public IReadOnlyList<LaneMatch> Found => _found;

    /// <summary>The nodes of all that was found.</summary>
    public HashSet<NodeProto> Taken => _taken;

    private LaneMatch? Keep(LaneMatch? match)
    {
        if (match is null || match.Nodes.Any(_taken.Contains))
            return null;
        _found.Add(match);
        _taken.UnionWith(match.Nodes);
        return match;
    }

    private LaneMatch? Pointwise(NodeProto node, HashSet<string> lanes)
    {
        if (ConvolutionLayer.From(node, Uses, _constants.All) is not { IsPointwise: true } layer || !lanes.Contains(layer.Input))
            return null;
        var pixels = new PointwiseLayer(layer.Inputs, layer.Outputs);
        var geometry = GraphBuilder.Ints(KernelNode.Attribute, layer.Inputs, layer.Outputs);
        return new LaneMatch(LanePointwise.OperatorName, geometry, pixels.Pack(layer.Weights, layer.Bias, layer.Bounds), layer.Input, layer.Inputs, layer.Outputs, layer.Nodes);
    }

    private LaneMatch? First(string output)
    {
        if (ConvolutionLayer.To(output, Uses, _constants.All) is not { IsFirst: true } layer)
            return null;
        var first = layer.AsFirst();
        var weights = first.Layer.Pack(layer.Weights, layer.Bias, layer.Bounds);
        return new LaneMatch(ImageToLanes.OperatorName, first.Write(), weights, layer.Input, layer.Inputs, layer.Outputs, layer.Nodes) { ReadsLanes = false };
    }

    private LaneMatch? Mean(NodeProto node, Dictionary<string, LaneMatch> made)
    {
        if (MeanOverImages.KeepsAxes(node, _constants.Longs) is not { } keepsAxes || !made.TryGetValue(node.Input[0], out var match))
            return null;
        long[] shape = keepsAxes ? [match.Outputs, 1, 1] : [match.Outputs];
        return new LaneMatch(LaneMean.OperatorName, GraphBuilder.Ints(KernelNode.Attribute, shape), null, node.Input[0], match.Outputs, match.Outputs, [node]) { WritesLanes = false };
    }
}
