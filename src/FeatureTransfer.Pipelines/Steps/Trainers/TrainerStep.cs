namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A step that learns the label from the features.</summary>
public abstract record TrainerStep : PipelineStep
{
    /// <summary>The label: a key. Default <c>Label</c>.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>The features: a vector. Default <c>Features</c>.</summary>
    public string FeatureColumn { get; init; } = "Features";
}

/// <summary>A trainer whose rows may have weights.</summary>
public abstract record WeightedTrainerStep : TrainerStep
{
    /// <summary>The weights of the rows: numbers; null, the default, is the same weight for all.</summary>
    public string? ExampleWeightColumn { get; init; }
}
