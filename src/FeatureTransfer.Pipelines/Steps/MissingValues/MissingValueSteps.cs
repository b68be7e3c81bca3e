using Microsoft.ML.Transforms;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Missing values to values.</summary>
public sealed record ReplaceMissingValuesStep : ColumnStep
{
    /// <summary>The value that stands in. Default: the type's default, 0.</summary>
    public MissingValueReplacingEstimator.ReplacementMode ReplacementMode { get; init; } = MissingValueReplacingEstimator.ReplacementMode.DefaultValue;

    /// <summary>Whether each slot of a vector has its own value. Default true.</summary>
    public bool ImputeBySlot { get; init; } = true;
}

/// <summary>Whether values are missing.</summary>
public sealed record IndicateMissingValuesStep : ColumnStep;
