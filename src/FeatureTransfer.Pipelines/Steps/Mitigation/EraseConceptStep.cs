namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Takes out of features what a linear classifier could tell a column by; the model needs the column no more.</summary>
public sealed record EraseConceptStep : PipelineStep
{
    /// <summary>The column that the features are not to tell: text.</summary>
    public required string ConceptColumn { get; init; }

    /// <summary>The features. Default <c>Features</c>.</summary>
    public string FeatureColumn { get; init; } = "Features";

    /// <summary>The column that is added. Default <c>Features</c>.</summary>
    public string Output { get; init; } = "Features";
}
