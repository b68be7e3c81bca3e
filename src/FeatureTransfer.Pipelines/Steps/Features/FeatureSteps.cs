using Microsoft.ML.Transforms;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Each row's vector to length 1.</summary>
public sealed record NormalizeLpNormStep : ColumnStep
{
    /// <summary>The norm that measures the length. Default L2.</summary>
    public LpNormNormalizingEstimatorBase.NormFunction Norm { get; init; } = LpNormNormalizingEstimatorBase.NormFunction.L2;

    /// <summary>Whether the row's mean is taken off first. Default false.</summary>
    public bool EnsureZeroMean { get; init; }
}

/// <summary>Each row's vector to a common contrast.</summary>
public sealed record NormalizeGlobalContrastStep : ColumnStep
{
    /// <summary>Whether the row's mean is taken off first. Default true.</summary>
    public bool EnsureZeroMean { get; init; } = true;

    /// <summary>Whether the row is divided by its standard deviation, and not by its L2 norm. Default false.</summary>
    public bool EnsureUnitStandardDeviation { get; init; }

    /// <summary>The factor at the end. Default 1.</summary>
    public float Scale { get; init; } = 1;
}

/// <summary>Vectors to their first principal components, by random projection.</summary>
public sealed record ProjectToPrincipalComponentsStep : ColumnStep
{
    /// <summary>The weights of the rows: numbers; null, the default, is the same weight for all.</summary>
    public string? ExampleWeightColumn { get; init; }

    /// <summary>The number of components. Default 20.</summary>
    public int Rank { get; init; } = 20;

    /// <summary>How many more components are sought than kept, for precision. Default 20.</summary>
    public int OverSampling { get; init; } = 20;

    /// <summary>Whether the mean is taken off first. Default true.</summary>
    public bool EnsureZeroMean { get; init; } = true;

    /// <summary>The seed of the projection; null, the default, is the pipeline's.</summary>
    public int? Seed { get; init; }
}

/// <summary>The features that are present in enough rows.</summary>
public sealed record SelectFeaturesBasedOnCountStep : ColumnStep
{
    /// <summary>In how many rows a feature must be present. Default 1.</summary>
    public long Count { get; init; } = 1;
}

/// <summary>The features that tell most of the label.</summary>
public sealed record SelectFeaturesBasedOnMutualInformationStep : ColumnStep
{
    /// <summary>The label. Default <c>Label</c>.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>How many features are kept. Default 1000.</summary>
    public int SlotsInOutput { get; init; } = 1000;

    /// <summary>The bins that numbers are counted in. Default 256.</summary>
    public int NumberOfBins { get; init; } = 256;
}
