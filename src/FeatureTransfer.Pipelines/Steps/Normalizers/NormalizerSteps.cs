namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A step that learns each feature's scale.</summary>
public abstract record NormalizerStep : ColumnStep
{
    /// <summary>The most rows that are looked at. Default 1,000,000,000.</summary>
    public long MaximumExampleCount { get; init; } = 1000000000;
}

/// <summary>A normalizer that can leave 0 as it is.</summary>
public abstract record ZeroNormalizerStep : NormalizerStep
{
    /// <summary>Whether 0 stays 0, so that only the scale changes. Default true.</summary>
    public bool FixZero { get; init; } = true;
}

/// <summary>Each feature to variance 1, and to mean 0 where <see cref="ZeroNormalizerStep.FixZero" /> is false.</summary>
public sealed record NormalizeMeanVarianceStep : ZeroNormalizerStep
{
    /// <summary>Whether the outcome is the normal distribution's share below the value. Default false.</summary>
    public bool UseCdf { get; init; }
}

/// <summary>Each feature to the range 0 to 1.</summary>
public sealed record NormalizeMinMaxStep : ZeroNormalizerStep;

/// <summary>The logarithm of each feature, by its mean and variance.</summary>
public sealed record NormalizeLogMeanVarianceStep : NormalizerStep
{
    /// <summary>Whether the outcome is the normal distribution's share below the value. Default true.</summary>
    public bool UseCdf { get; init; } = true;
}

/// <summary>Each feature to bins with equally many rows.</summary>
public sealed record NormalizeBinningStep : ZeroNormalizerStep
{
    /// <summary>The most bins. Default 1024.</summary>
    public int MaximumBinCount { get; init; } = 1024;
}

/// <summary>Each feature by its median and the distance of two quantiles, which outliers do not move.</summary>
public sealed record NormalizeRobustScalingStep : NormalizerStep
{
    /// <summary>Whether the median becomes 0. Default true.</summary>
    public bool CenterData { get; init; } = true;

    /// <summary>The lower quantile in percent. Default 25.</summary>
    public uint QuantileMin { get; init; } = 25;

    /// <summary>The upper quantile in percent. Default 75.</summary>
    public uint QuantileMax { get; init; } = 75;
}
