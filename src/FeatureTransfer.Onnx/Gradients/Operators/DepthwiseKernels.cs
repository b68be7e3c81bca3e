namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Which convolutions the depthwise operators of our own do.</summary>
internal static class DepthwiseKernels
{
    /// <summary>Whether the operators do a convolution: depthwise, over sequences or images.</summary>
    public static bool Suit(Convolution convolution) => convolution is { IsDepthwise: true, Windows.Rank: 1 or 2 };
}
