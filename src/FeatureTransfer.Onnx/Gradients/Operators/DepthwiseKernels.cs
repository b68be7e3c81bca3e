namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Which convolutions the depthwise operators of our own do.</summary>
internal static class DepthwiseKernels
{
    /// <summary>Whether the operators do a convolution: depthwise, over sequences or images, without padding below 0.</summary>
    public static bool Suit(Convolution convolution) =>
        convolution is { IsDepthwise: true, Windows.Rank: 1 or 2 } && convolution.Windows.Before.Concat(convolution.Windows.After).All(pad => pad >= 0);
}
