using FeatureTransfer.Onnx.Kernels.Lanes;

namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Which convolutions the operators for large images with few channels do.</summary>
internal static class ImageKernels
{
    // With more, ONNX Runtime's convolutions and products are as fast.
    private const long MostChannels = 8;

    // Floats of an image: 8 MB, as each thread holds a copy of one.
    private const long MostElements = 2 << 20;

    /// <summary>Whether they do a convolution: a network's first one.</summary>
    public static bool Suit(Convolution convolution) => LaneLayout.IsFast
        && convolution is { Groups: 1, Inputs: <= MostChannels, Windows.Rank: 1 or 2 }
        && convolution.Inputs * TensorEmissions.Count(convolution.Windows.Input) <= MostElements;
}
