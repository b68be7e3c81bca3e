namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The steps that bring each feature to a common scale.</summary>
internal static class NormalizerKinds
{
    private static readonly WholeNumberFormat<uint> _percent = new(0, 100);

    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Trained(
            "NormalizeMeanVariance",
            "Each feature to variance 1, and to mean 0 where fixZero is false",
            Zero(() => new NormalizeMeanVarianceStep { Output = "" })
                .Add("useCdf", StepOptions.Boolean, s => s.UseCdf, (s, v) => s with { UseCdf = v }, "Whether the outcome is the normal distribution's share below the value"),
            (s, build) => build.Context.Transforms.NormalizeMeanVariance(s.Output, s.Input, s.MaximumExampleCount, s.FixZero, s.UseCdf)),
        StepKind.Trained(
            "NormalizeMinMax",
            "Each feature to the range 0 to 1",
            Zero(() => new NormalizeMinMaxStep { Output = "" }),
            (s, build) => build.Context.Transforms.NormalizeMinMax(s.Output, s.Input, s.MaximumExampleCount, s.FixZero)),
        StepKind.Trained(
            "NormalizeLogMeanVariance",
            "The logarithm of each feature, by its mean and variance",
            Normalizer(() => new NormalizeLogMeanVarianceStep { Output = "" })
                .Add("useCdf", StepOptions.Boolean, s => s.UseCdf, (s, v) => s with { UseCdf = v }, "Whether the outcome is the normal distribution's share below the value"),
            (s, build) => build.Context.Transforms.NormalizeLogMeanVariance(s.Output, s.Input, s.MaximumExampleCount, s.UseCdf)),
        StepKind.Trained(
            "NormalizeBinning",
            "Each feature to bins with equally many rows",
            Zero(() => new NormalizeBinningStep { Output = "" })
                .Add("maximumBinCount", new IntegerFormat(2, int.MaxValue), s => s.MaximumBinCount, (s, v) => s with { MaximumBinCount = v }, "The most bins"),
            (s, build) => build.Context.Transforms.NormalizeBinning(s.Output, s.Input, s.MaximumExampleCount, s.FixZero, s.MaximumBinCount)),
        StepKind.Trained(
            "NormalizeRobustScaling",
            "Each feature by its median and the distance of two quantiles, which outliers do not move",
            Normalizer(() => new NormalizeRobustScalingStep { Output = "" })
                .Add("centerData", StepOptions.Boolean, s => s.CenterData, (s, v) => s with { CenterData = v }, "Whether the median becomes 0")
                .Add("quantileMin", _percent, s => s.QuantileMin, (s, v) => s with { QuantileMin = v }, "The lower quantile in percent")
                .Add("quantileMax", _percent, s => s.QuantileMax, (s, v) => s with { QuantileMax = v }, "The upper quantile in percent"),
            (s, build) => build.Context.Transforms.NormalizeRobustScaling(s.Output, s.Input, s.MaximumExampleCount, s.CenterData, s.QuantileMin, s.QuantileMax)),
    ];

    private static OptionSet<T> Normalizer<T>(Func<T> create)
        where T : NormalizerStep => StepOptions.Column(create)
        .Add("maximumExampleCount", StepOptions.LongCount, s => s.MaximumExampleCount, (s, v) => s with { MaximumExampleCount = v }, "The most rows that are looked at");

    private static OptionSet<T> Zero<T>(Func<T> create)
        where T : ZeroNormalizerStep => Normalizer(create)
        .Add("fixZero", StepOptions.Boolean, s => s.FixZero, (s, v) => s with { FixZero = v }, "Whether 0 stays 0, so that only the scale changes");
}
