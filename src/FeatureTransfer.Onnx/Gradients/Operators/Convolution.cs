using FeatureTransfer.Onnx.Kernels;

namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The sizes of a convolution: from (batch, inputs, ...) with weights (outputs, inputs / groups, ...) to (batch, outputs, ...).</summary>
/// <param name="Inputs">Channels that it reads.</param>
/// <param name="Outputs">Channels that it writes.</param>
/// <param name="Groups">Groups of channels that do not mix.</param>
/// <param name="Windows">Where its windows lie.</param>
internal sealed record Convolution(long Inputs, long Outputs, long Groups, WindowGeometry Windows)
{
    /// <summary>The shape of the weights.</summary>
    public long[] WeightShape => [Outputs, Inputs / Groups, .. Windows.Kernel];

    /// <summary>Whether every channel has a filter of its own and there are as many filters as channels.</summary>
    public bool IsDepthwise => Groups == Inputs && Groups == Outputs && Groups > 1;

    /// <summary>The attribute that tells operators of our own where the windows lie. Padding behind the last of them does not count.</summary>
    public AttributeProto Geometry => KernelNode.Write(Windows.Kernel, Windows.Strides, Windows.Dilations, [.. Windows.Before, .. Windows.NeededAfter()], Windows.Input);

    /// <summary>The convolution that leads from one tensor to the other by these weights.</summary>
    public static Convolution Of(GradientContext context, string input, string output, string weights) =>
        Of(context.Node, context.KnownSizes(weights, 0), context.KnownSizes(input, 2), context.KnownSizes(output, 2));

    /// <summary>The convolution of a node with weights of a shape, between spatial sizes that are known.</summary>
    public static Convolution Of(NodeProto node, long[] weights, long[] from, long[] to)
    {
        var groups = node.Int("group", 1);
        return new Convolution(weights[1] * groups, weights[0], groups, WindowGeometry.Of(node, from, to, weights[2..]));
    }
}
