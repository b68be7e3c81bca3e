using FeatureTransfer.Onnx.Kernels.Lanes;

namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Which 1 x 1 convolutions the operators for many pixels of few channels do.</summary>
internal static class PixelKernels
{
    // With more channels, or fewer pixels an image, ONNX Runtime's products take less time.
    private const long MostChannels = 256;
    private const long LeastPixels = 28 * 28;

    /// <summary>Whether they do a convolution, each window of which is a pixel.</summary>
    public static bool Suit(Convolution convolution) =>
        LaneLayout.IsFast && Reads(convolution.Inputs) && TensorEmissions.Count(convolution.Windows.Input) >= LeastPixels;

    /// <summary>Whether they read so many channels.</summary>
    public static bool Reads(long channels) => channels <= MostChannels;
}
