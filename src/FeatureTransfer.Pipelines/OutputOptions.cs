namespace FeatureTransfer.Pipelines;

/// <summary>What a run writes. File names are relative to the folder; null leaves that file out.</summary>
public sealed record OutputOptions
{
    /// <summary>The folder of all outputs. Default <c>out</c>, beside the pipeline's file.</summary>
    public string Folder { get; init; } = "out";

    /// <summary>The bundle with all that prediction needs. Default <c>model.ftm</c>.</summary>
    public string? Bundle { get; init; } = "model.ftm";

    /// <summary>
    /// Of how many rows the bundle keeps the features, for <c>ft drift</c> to compare new data with: drawn by the seed from the training rows, or from the target's where the
    /// model is adapted to a target. 0 is none. Default 200.
    /// </summary>
    public int DriftSample { get; init; } = 200;

    /// <summary>The HTML page. Default <c>report.html</c>.</summary>
    public string? Report { get; init; } = "report.html";

    /// <summary>The predictions on the held-out rows, CSV. Default <c>predictions.csv</c>.</summary>
    public string? Predictions { get; init; } = "predictions.csv";

    /// <summary>The metrics, JSON. Default <c>metrics.json</c>.</summary>
    public string? Metrics { get; init; } = "metrics.json";

    /// <summary>The epochs of fine-tuning, CSV. Default <c>history.csv</c>; it is written only if there are any.</summary>
    public string? History { get; init; } = "history.csv";

    /// <summary>The rows that could not be read, JSON lines. Default <c>rejected.jsonl</c>; it is written only if there are any.</summary>
    public string? Rejected { get; init; } = "rejected.jsonl";

    /// <summary>The plain pipeline that a search found, JSON. Default <c>winner.json</c>; it is written only if there is a search.</summary>
    public string? Winner { get; init; } = "winner.json";

    /// <summary>
    /// The finished trials of a search, JSON lines: a run of the same pipeline on the same data does not repeat them. Default <c>trials.jsonl</c>; it is
    /// written only if there is a search.
    /// </summary>
    public string? Trials { get; init; } = "trials.jsonl";
}
