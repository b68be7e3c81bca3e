using FeatureTransfer.Onnx.Kernels;

namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Which convolutions the depthwise operators of our own do, and how they are told where the windows lie.</summary>
internal static class DepthwiseKernels
{
    /// <summary>Whether the operators do a convolution: depthwise, over sequences or images, without padding below 0.</summary>
    public static bool Suit(Convolution convolution) =>
        convolution is { IsDepthwise: true, Windows.Rank: 1 or 2 } && convolution.Windows.Before.Concat(convolution.Windows.After).All(pad => pad >= 0);

    /// <summary>The attribute that says where the windows lie.</summary>
    public static AttributeProto Geometry(Convolution convolution, bool channelsFirst)
    {
        var windows = convolution.Windows;
        return KernelNode.Write(windows.Kernel, windows.Strides, windows.Dilations, [.. windows.Before, .. windows.After], windows.Input, channelsFirst);
    }
}
