namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Several columns as one vector.</summary>
public sealed record ConcatenateStep : OutputStep
{
    /// <summary>The columns that are joined, in order.</summary>
    public required ValueList<string> Inputs { get; init; }
}

/// <summary>A copy of a column.</summary>
public sealed record CopyColumnsStep : OutputStep
{
    /// <summary>The column that is read.</summary>
    public required string Input { get; init; }
}

/// <summary>Columns that are left out from here on.</summary>
public sealed record DropColumnsStep : PipelineStep
{
    /// <summary>The columns.</summary>
    public required ValueList<string> Columns { get; init; }
}

/// <summary>The columns that are kept from here on.</summary>
public sealed record SelectColumnsStep : PipelineStep
{
    /// <summary>The columns.</summary>
    public required ValueList<string> Columns { get; init; }

    /// <summary>Whether hidden columns of the same names stay too. Default false.</summary>
    public bool KeepHidden { get; init; }
}
