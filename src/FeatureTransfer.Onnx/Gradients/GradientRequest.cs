namespace FeatureTransfer.Onnx.Gradients;

/// <summary>What the training graph of a model should compute.</summary>
public sealed record GradientRequest
{
    /// <summary>The tensor to differentiate: one number.</summary>
    public required string Loss { get; init; }

    /// <summary>The initializers that learn, by name; each becomes an input of the same name.</summary>
    public required IReadOnlyList<string> Trainable { get; init; }

    /// <summary>Other tensors to put out beside the loss, the scores for instance. Default none.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>
    /// Tensors whose gradient is multiplied on its way back, each with the input of one number that it is multiplied by: -1 reverses it (Ganin and others, 2016,
    /// "Domain-Adversarial Training of Neural Networks"). Null ends it there, as if the tensor were constant. Default none.
    /// </summary>
    public IReadOnlyDictionary<string, string?> GradientFactors { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Whether batch normalization uses the statistics of the batch rather than those stored in the model. Default false.</summary>
    public bool BatchStatistics { get; init; }

    /// <summary>
    /// Whether the forward pass may be rearranged for speed: batch normalizations are folded into the convolutions before them, and where
    /// that is faster channels come before the batch, so that 1 x 1 and depthwise convolutions become matrix products. Results differ
    /// by rounding only. Default true.
    /// </summary>
    public bool Rearrange { get; init; } = true;

    /// <summary>
    /// Whether a rearranged graph may hold operators of our own (<see cref="Kernels.KernelOperators"/>), which run on the CPU in sessions that know them. Default false.
    /// </summary>
    internal bool UseKernels { get; init; }
}
