namespace FeatureTransfer.Pipelines.Steps;

/// <summary>How far a row lies from all classes, by which <see cref="EvaluationOptions.Unknown"/> tells unknown ones.</summary>
public sealed record ClassDistanceStep : PipelineStep
{
    /// <summary>The label: a key. Default <c>Label</c>.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>The features. Default <c>Features</c>.</summary>
    public string FeatureColumn { get; init; } = "Features";

    /// <summary>The column that is added. Default <c>Distance</c>.</summary>
    public string Output { get; init; } = "Distance";

    /// <summary>How far the covariance is drawn towards a multiple of the identity. Default 0.1.</summary>
    public double Shrinkage { get; init; } = 0.1;
}
