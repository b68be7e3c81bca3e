using FeatureTransfer.Onnx.Kernels.Lanes;

namespace FeatureTransfer.Onnx.Fusion;

/// <summary>Finds what <see cref="InvertedResidual"/> can stand for.</summary>
internal static class BottleneckMatch
{
    /// <summary>
    /// The bottleneck around a depthwise convolution; null where there is none. What goes before that convolution is a part of it where nothing else reads it.
    /// </summary>
    /// <param name="node">The convolution.</param>
    /// <param name="uses">Who uses the graph's tensors.</param>
    /// <param name="constants">The graph's constants.</param>
    /// <param name="taken">Nodes that others stand for.</param>
    public static LaneMatch? Around(NodeProto node, TensorUses uses, IReadOnlyDictionary<string, TensorProto> constants, HashSet<NodeProto> taken)
    {
        if (ConvolutionLayer.From(node, uses, constants) is not { IsDepthwise: true } depthwise
            || ConvolutionLayer.From(uses.OnlyReader(depthwise.Output), uses, constants) is not { IsPointwise: true } project)
            return null;
        var before = ConvolutionLayer.To(depthwise.Input, uses, constants) is { } layer && (layer.IsPointwise || layer.IsFirst) ? layer : null;
        var widen = before is not null && uses.OnlyReader(before.Output) is not null && !before.Nodes.Any(taken.Contains) ? before : null;
        var first = widen is { IsPointwise: false } ? widen.AsFirst() : null;
        var pads = depthwise.Pads!;
        var bottleneck = new Bottleneck(
            first?.Layer.Inputs ?? (widen ?? depthwise).Inputs, widen?.Outputs ?? 0, project.Outputs, depthwise.Stride, (int)pads[0], (int)pads[1], (int)pads[2], (int)pads[3], first);
        var match = new LaneMatch(
            InvertedResidual.OperatorName, bottleneck.Write(), Pack(bottleneck, widen, depthwise, project), (widen ?? depthwise).Input, (widen ?? depthwise).Inputs, bottleneck.Outputs,
            [.. widen?.Nodes ?? [], .. depthwise.Nodes, .. project.Nodes])
        {
            ReadsLanes = first is null,
        };
        return before is { IsPointwise: false } ? match : WithSum(match, bottleneck, before ?? depthwise, uses);
    }

    private static float[] Pack(Bottleneck bottleneck, ConvolutionLayer? widen, ConvolutionLayer depthwise, ConvolutionLayer project)
    {
        var weights = new BottleneckWeights(bottleneck).Depthwise(depthwise.Weights, depthwise.Bias, depthwise.Bounds).Project(project.Weights, project.Bias, project.Bounds);
        return (widen is null ? weights : weights.Widen(widen.Weights, widen.Bias, widen.Bounds)).Values;
    }

    // With the sum of what comes out and what went in, where the shapes are surely the same.
    private static LaneMatch WithSum(LaneMatch match, Bottleneck bottleneck, ConvolutionLayer first, TensorUses uses)
    {
        var keepsShape = bottleneck is { Stride: 1, Top: 1, Left: 1, Bottom: 1, Right: 1 } && first.Inputs == match.Outputs;
        return keepsShape && uses.OnlyReader(match.Output) is { OpType: "Add" } sum && sum.Input.Contains(first.Input) && sum.Input[0] != sum.Input[1]
            ? match with { Added = first.Input, Nodes = [.. match.Nodes, sum] }
            : match;
    }
}
