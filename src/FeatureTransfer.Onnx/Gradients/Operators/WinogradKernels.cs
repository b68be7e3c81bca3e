namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Which convolutions are computed tile by tile (<see cref="Kernels.Winograd.TileTransforms"/>).</summary>
internal static class WinogradKernels
{
    // With fewer channels transforming costs more than is saved.
    private const int FewestChannels = 16;

    /// <summary>Whether a convolution is one of them: 3 x 3 without strides, over outputs that tiles of 2 x 2 fit well.</summary>
    public static bool Suit(Convolution convolution)
    {
        var windows = convolution.Windows;
        return convolution is { Groups: 1, Inputs: >= FewestChannels, Outputs: >= FewestChannels, Windows: { Rank: 2, IsDense: true } }
            && windows.Kernel.All(size => size == 3) && windows.Dilations.All(step => step == 1)
            && windows.Output.All(size => size >= 5 || size % 2 == 0);
    }
}
