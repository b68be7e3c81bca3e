namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Each feature to mean 0 and variance 1.</summary>
public sealed record NormalizeMeanVarianceStep : ColumnStep
{
    /// <summary>Whether 0 stays 0, so that only the scale changes. Default false.</summary>
    public bool FixZero { get; init; }
}

/// <summary>Each feature to the range 0 to 1.</summary>
public sealed record NormalizeMinMaxStep : ColumnStep
{
    /// <summary>Whether 0 stays 0, so that only the scale changes. Default true.</summary>
    public bool FixZero { get; init; } = true;
}
