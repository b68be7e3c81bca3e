namespace FeatureTransfer.Pipelines;

/// <summary>How the result of a pipeline is judged.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The column of the data with the true label, as text. Default <c>Label</c>.</summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>The share of rejected rows above which a run fails, after it has saved what it had. Default 0.1.</summary>
    public double MaxRejectedShare { get; init; } = 0.1;
}
