namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A step that adds a column.</summary>
public abstract record OutputStep : PipelineStep
{
    /// <summary>The column that is added.</summary>
    public required string Output { get; init; }
}

/// <summary>A step that makes one column of another.</summary>
public abstract record ColumnStep : OutputStep
{
    /// <summary>The column that is read; null, the default, is the output's name.</summary>
    public string? Input { get; init; }
}
