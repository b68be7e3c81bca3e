namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A weight for each row, such that all classes weigh alike however many rows they have; a trainer takes it as <c>exampleWeightColumn</c>.</summary>
public sealed record ClassWeightsStep : PipelineStep
{
    /// <summary>The column that is added. Default <c>Weight</c>.</summary>
    public string Output { get; init; } = "Weight";

    /// <summary>The label. Default <c>Label</c>.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>A column of text: rows are counted by label and group together. Default, and null: by label alone.</summary>
    public string? GroupColumn { get; init; }
}
