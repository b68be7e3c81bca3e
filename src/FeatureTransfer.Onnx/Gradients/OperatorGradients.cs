using FeatureTransfer.Onnx.Gradients.Operators;

namespace FeatureTransfer.Onnx.Gradients;

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
        new LeakyReluGradient(),
        new ClipGradient(),
        new SigmoidGradient(),
        new HardSigmoidGradient(),
        new HardSwishGradient(),
        new TanhGradient(),
        new EluGradient(),
        new SeluGradient(),
        new SoftplusGradient(),
        new SoftsignGradient(),
        new ErfGradient(),
        new GeluGradient(),
        new SqrtGradient(),
        new ExpGradient(),
        new LogGradient(),
        new NegGradient(),
        new AbsGradient(),
        new ReciprocalGradient(),
        new SinGradient(),
        new CosGradient(),
        new IdentityGradient(),
        new CastGradient(),
        new CastLikeGradient(),
        new StepGradient("Floor"),
        new StepGradient("Ceil"),
        new StepGradient("Round"),
        new StepGradient("Sign"),
    ];

    private static IEnumerable<IOperatorGradient> Broadcasting() =>
    [
        new AddGradient(),
        new SubGradient(),
        new MulGradient(),
        new DivGradient(),
        new PowGradient(),
        new MinGradient(),
        new MaxGradient(),
        new SumGradient(),
        new MeanGradient(),
        new WhereGradient(),
        new PReluGradient(),
    ];

    private static IEnumerable<IOperatorGradient> Shaping() =>
    [
        new ReshapingGradient("Reshape"),
        new ReshapingGradient("Flatten"),
        new ReshapingGradient("Squeeze"),
        new ReshapingGradient("Unsqueeze"),
        new TransposeGradient(),
        new ExpandGradient(),
        new ConcatGradient(),
        new SplitGradient(),
        new TileGradient(),
        new DepthToSpaceGradient(),
    ];

    private static IEnumerable<IOperatorGradient> Indexing() =>
    [
        new SliceGradient(),
        new GatherGradient(),
        new GatherElementsGradient(),
        new PadGradient(),
    ];

    private static IEnumerable<IOperatorGradient> Reductions() =>
    [
        new ReduceSumGradient(),
        new ReduceMeanGradient(),
        new ReduceMaxGradient(),
        new ReduceMinGradient(),
        new ReduceL1Gradient(),
        new ReduceL2Gradient(),
        new ReduceSumSquareGradient(),
        new ReduceLogSumExpGradient(),
    ];

    // Convolutions, pools, normalizations, matrix products and what else has weights or windows.
    private static IEnumerable<IOperatorGradient> Layers() =>
    [
        new ConvGradient(),
        new DepthwiseConvGradient(),
        new ImageConvGradient(),
        new PixelConvGradient(),
        new UnrolledGradient(),
        .. WinogradGradient.All,
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
