namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Which convolutions are products with a matrix of what their windows read.</summary>
internal static class UnrolledKernels
{
    // The matrix stays in memory until the gradients are there, so that of large images would take too much.
    private const long MostWindows = 1024;

    /// <summary>Whether a convolution is one of them.</summary>
    public static bool Suit(Convolution convolution) => convolution is { Groups: 1, Windows.Rank: 1 or 2 }
        && TensorEmissions.Count(convolution.Windows.Output) <= MostWindows;
}
