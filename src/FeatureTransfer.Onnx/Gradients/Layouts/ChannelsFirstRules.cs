using FeatureTransfer.Onnx.Gradients.Operators;
using FeatureTransfer.Onnx.Kernels;

namespace FeatureTransfer.Onnx.Gradients.Layouts;

/// <summary>What each operator becomes when channels come first.</summary>
internal static class ChannelsFirstRules
{
    private static readonly HashSet<string> _unary = new(StringComparer.Ordinal)
    {
        "Relu", "LeakyRelu", "Clip", "Sigmoid", "HardSigmoid", "HardSwish", "Tanh", "Elu", "Selu", "Softplus", "Erf", "Gelu", "Sqrt", "Exp", "Abs", "Neg", "Identity",

        // Of one channel of one image each.
        "MaxPool", "AveragePool",
    };

    private static readonly HashSet<string> _binary = new(StringComparer.Ordinal) { "Add", "Sub", "Mul", "Div" };

    /// <summary>Emits a node with its channels first and returns its output; null where the node has to stay as it is.</summary>
    public static string? Rewrite(ChannelsFirst layout, NodeProto node) => node.OpType switch
    {
        "Conv" => ConvolutionRules.Rewrite(layout, node),
        "BatchNormalization" => Normalized(layout, node),
        "GlobalAveragePool" => Averaged(layout, node),
        "Concat" => Joined(layout, node),
        _ when _unary.Contains(node.OpType) => Unary(layout, node),
        _ when _binary.Contains(node.OpType) => Binary(layout, node),
        _ => null,
    };

    private static string? Unary(ChannelsFirst layout, NodeProto node)
    {
        if (!layout.Has(node.Input[0]))
            return null;
        return Bounds.Of(node, layout.Number) is { } bounds && layout.TryBound(node.Input[0], bounds) is { } bounded
            ? bounded
            : layout.Add(node.OpType, node.Output[0], [layout.Turned(node.Input[0]), .. node.Input.Skip(1)], [.. node.Attribute]);
    }

    private static string? Binary(ChannelsFirst layout, NodeProto node)
    {
        var rank = layout.Facts(node.Output[0]).Rank!.Value;
        if (!node.Input.Any(layout.Has) || !node.Input.All(input => MayTurn(layout, input, rank)))
            return null;
        return layout.Add(node.OpType, node.Output[0], node.Input.Select(input => layout.Facts(input).Rank == rank ? layout.Turned(input) : input));
    }

    // Single numbers fit any order; other tensors must have all axes, so that they can be turned as well.
    private static bool MayTurn(ChannelsFirst layout, string tensor, int rank) => layout.Facts(tensor) is { First: { } sizes, Rank: var own }
        && (own == rank || sizes.All(size => size == 1));

    // With stored statistics: one that computes them from the batch has more outputs.
    private static string? Normalized(ChannelsFirst layout, NodeProto node)
    {
        if (!layout.Has(node.Input[0]))
            return null;
        var output = node.Output[0];
        var variance = layout.Add("Add", output, [node.Input[4], layout.Floats(output, [node.Float("epsilon", 1e-5f)])]);
        var factor = layout.Add("Div", output, [node.Input[1], layout.Add("Sqrt", output, [variance])]);
        var offset = layout.Add("Sub", output, [node.Input[2], layout.Add("Mul", output, [node.Input[3], factor])]);
        var shape = layout.Ints(output, [-1, .. WindowGeometry.Ones(layout.Facts(node.Input[0]).Rank!.Value - 1)]);
        var scaled = layout.Add("Mul", output, [layout.Turned(node.Input[0]), layout.Add("Reshape", output, [factor, shape])]);
        return layout.Add("Add", output, [scaled, layout.Add("Reshape", output, [offset, shape])]);
    }

    private static string? Averaged(ChannelsFirst layout, NodeProto node)
    {
        if (!layout.Has(node.Input[0]))
            return null;
        var axes = TensorEmissions.Axes(2, layout.Facts(node.Input[0]).Rank!.Value - 2);
        return layout.Add("ReduceMean", node.Output[0], [layout.Turned(node.Input[0]), layout.Ints(node.Output[0], axes)]);
    }

    private static string? Joined(ChannelsFirst layout, NodeProto node)
    {
        var rank = layout.Facts(node.Output[0]).Rank;
        return node.Int("axis", 0) is var axis && (axis == 1 || axis + rank == 1) && node.Input.All(layout.Has)
            ? layout.Add("Concat", node.Output[0], node.Input.Select(layout.Turned), GraphBuilder.Int("axis", 0))
            : null;
    }
}
