namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Which convolutions, or the gradients of whose weights, are products with a matrix of what their windows read.</summary>
internal static class UnrolledKernels
{
    // The matrix stays in memory until the gradients are there, so that of large images would take too much.
    private const long MostWindows = 1024;

    // With more, what the windows read at one of their places is copied quickly by whole rows of channels.
    private const long MostChannels = 8;

    // Floats of the matrix an image: 8 MB. It is needed for this one product only, and when most activations are gone.
    private const long MostElements = 2 << 20;

    /// <summary>Whether a convolution is one of them.</summary>
    public static bool Suit(Convolution convolution) => convolution is { Groups: 1, Windows.Rank: 1 or 2 }
        && TensorEmissions.Count(convolution.Windows.Output) <= MostWindows;

    /// <summary>Whether the gradient of its weights is: a network's first convolution, which reads large images of few channels.</summary>
    public static bool SuitWeights(Convolution convolution) => convolution is { Groups: 1, Inputs: <= MostChannels, Windows.Rank: 1 or 2 }
        && convolution.Inputs * convolution.Windows.Taps * TensorEmissions.Count(convolution.Windows.Output) <= MostElements;
}
