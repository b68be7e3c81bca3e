namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Values to keys.</summary>
public sealed record MapValueToKeyStep : ColumnStep;

/// <summary>Keys back to values.</summary>
public sealed record MapKeyToValueStep : ColumnStep;
