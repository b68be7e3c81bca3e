namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Features of a frozen backbone.</summary>
public sealed record ExtractFeaturesStep : PipelineStep
{
    /// <summary>The column that is added. Default <c>Features</c>.</summary>
    public string Output { get; init; } = "Features";

    /// <summary>The column that is read. Default <c>ImagePath</c>.</summary>
    public string Input { get; init; } = "ImagePath";

    /// <summary>The backbone: an id of the catalogue, or the path of a card or an ONNX file.</summary>
    public required string Backbone { get; init; }

    /// <summary>The layers to tap; empty is the card's default.</summary>
    public ValueList<string> Layers { get; init; } = [];

    /// <summary>How a layer becomes a vector; null is the card's default.</summary>
    public Graphs.Pooling? Pooling { get; init; }

    /// <summary>What changes in the card's image recipe. Default: nothing.</summary>
    public RecipeOverride Recipe { get; init; } = new();

    /// <summary>Images a batch. Default 8.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Whether the feature cache is used. Default true.</summary>
    public bool UseCache { get; init; } = true;
}

/// <summary>Values to keys.</summary>
public sealed record MapValueToKeyStep : PipelineStep
{
    /// <summary>The column that is added.</summary>
    public required string Output { get; init; }

    /// <summary>The column that is read; null is the output's name.</summary>
    public string? Input { get; init; }
}

/// <summary>Keys back to values.</summary>
public sealed record MapKeyToValueStep : PipelineStep
{
    /// <summary>The column that is added.</summary>
    public required string Output { get; init; }

    /// <summary>The column that is read; null is the output's name.</summary>
    public string? Input { get; init; }
}

/// <summary>Several columns as one vector.</summary>
public sealed record ConcatenateStep : PipelineStep
{
    /// <summary>The column that is added.</summary>
    public required string Output { get; init; }

    /// <summary>The columns that are joined, in order.</summary>
    public required ValueList<string> Inputs { get; init; }
}

/// <summary>A copy of a column.</summary>
public sealed record CopyColumnsStep : PipelineStep
{
    /// <summary>The column that is added.</summary>
    public required string Output { get; init; }

    /// <summary>The column that is read.</summary>
    public required string Input { get; init; }
}

/// <summary>Columns that are left out from here on.</summary>
public sealed record DropColumnsStep : PipelineStep
{
    /// <summary>The columns.</summary>
    public required ValueList<string> Columns { get; init; }
}

/// <summary>Each feature to mean 0 and variance 1.</summary>
public sealed record NormalizeMeanVarianceStep : PipelineStep
{
    /// <summary>The column that is added.</summary>
    public required string Output { get; init; }

    /// <summary>The column that is read; null is the output's name.</summary>
    public string? Input { get; init; }

    /// <summary>Whether 0 stays 0, so that only the scale changes. Default false.</summary>
    public bool FixZero { get; init; }
}

/// <summary>Each feature to the range 0 to 1.</summary>
public sealed record NormalizeMinMaxStep : PipelineStep
{
    /// <summary>The column that is added.</summary>
    public required string Output { get; init; }

    /// <summary>The column that is read; null is the output's name.</summary>
    public string? Input { get; init; }

    /// <summary>Whether 0 stays 0, so that only the scale changes. Default true.</summary>
    public bool FixZero { get; init; } = true;
}

/// <summary>Multinomial logistic regression by L-BFGS.</summary>
public sealed record LbfgsMaximumEntropyStep : PipelineStep
{
    /// <summary>The label: a key. Default <c>Label</c>.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>The features: a vector. Default <c>Features</c>.</summary>
    public string FeatureColumn { get; init; } = "Features";

    /// <summary>The weight of the L1 penalty. Default 1.</summary>
    public float L1Regularization { get; init; } = 1;

    /// <summary>The weight of the L2 penalty. Default 1.</summary>
    public float L2Regularization { get; init; } = 1;

    /// <summary>The change of the loss at which training ends. Default 1e-7.</summary>
    public float OptimizationTolerance { get; init; } = 1e-7f;

    /// <summary>How many steps L-BFGS remembers. Default 20.</summary>
    public int HistorySize { get; init; } = 20;

    /// <summary>Whether weights stay at 0 or above. Default false.</summary>
    public bool EnforceNonNegativity { get; init; }
}
