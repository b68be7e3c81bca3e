using FeatureTransfer.Graphs.Gradients.Operators;

namespace FeatureTransfer.Graphs.Gradients;

/// <summary>The operators whose gradients are known.</summary>
internal static class OperatorGradients
{
    /// <summary>All of them by operator.</summary>
    public static IReadOnlyDictionary<string, IOperatorGradient> ByName { get; } = All().ToDictionary(gradient => gradient.Operator, StringComparer.Ordinal);

    private static IEnumerable<IOperatorGradient> All() =>
    [
        .. Elementwise(),
        .. Broadcasting(),
        .. Shaping(),
        .. Indexing(),
        .. Reductions(),
        .. Layers(),
    ];

    private static IEnumerable<IOperatorGradient> Elementwise() =>
    [
        new ReluGradient(),
    ];

    private static IEnumerable<IOperatorGradient> Broadcasting() =>
    [
        new AddGradient(),
        new SubGradient(),
        new MulGradient(),
        new DivGradient(),
        new SumGradient(),
    ];

    private static IEnumerable<IOperatorGradient> Shaping() =>
    [
        new ReshapingGradient("Reshape"),
        new ReshapingGradient("Flatten"),
        new ReshapingGradient("Squeeze"),
        new ReshapingGradient("Unsqueeze"),
    ];

    private static IEnumerable<IOperatorGradient> Indexing() =>
    [
    ];

    private static IEnumerable<IOperatorGradient> Reductions() =>
    [
        new ReduceSumGradient(),
        new ReduceMeanGradient(),
    ];

    // Convolutions, pools, normalizations, matrix products and what else has weights or windows.
    private static IEnumerable<IOperatorGradient> Layers() =>
    [
        new ConvGradient(),
        new ConvTransposeGradient(),
        new MaxPoolGradient(),
        new AveragePoolGradient(),
        new GlobalMaxPoolGradient(),
        new GlobalAveragePoolGradient(),
        new BatchNormalizationGradient(),
        new LayerNormalizationGradient(),
        new InstanceNormalizationGradient(),
        new GroupNormalizationGradient(),
        new LrnGradient(),
        new MatMulGradient(),
        new GemmGradient(),
        new EinsumGradient(),
        new SoftmaxGradient(),
        new LogSoftmaxGradient(),
        new ResizeGradient(),
        new DropoutGradient(),
    ];
}
