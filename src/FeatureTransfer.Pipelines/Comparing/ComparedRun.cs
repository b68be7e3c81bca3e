using System.Text.Json.Nodes;

namespace FeatureTransfer.Pipelines.Comparing;

/// <summary>A finished run, as its files tell of it.</summary>
internal sealed record ComparedRun
{
    /// <summary>What to call it: the pipeline's name, or the path where several have one name.</summary>
    public required string Name { get; init; }

    /// <summary>The file with its metrics.</summary>
    public required string Path { get; init; }

    /// <summary>What was predicted.</summary>
    public required PipelineTask Task { get; init; }

    /// <summary>The rows that were used.</summary>
    public required int Rows { get; init; }

    /// <summary>How long the run took.</summary>
    public required double Seconds { get; init; }

    /// <summary>The metrics on its held-out rows.</summary>
    public required MetricSet Test { get; init; }

    /// <summary>The means over folds; empty without a cross-validation.</summary>
    public MetricSet Folds { get; init; } = [];

    /// <summary>The interval of the first of <see cref="Folds" />.</summary>
    public Interval? FoldsInterval { get; init; }

    /// <summary>How well each class is found; empty where a row has not one class.</summary>
    public IReadOnlyList<ClassResult> PerClass { get; init; } = [];

    /// <summary>The held-out rows.</summary>
    public required IReadOnlyList<JudgedRow> Judged { get; init; }

    /// <summary>The pipeline; null in the files of older versions.</summary>
    public JsonNode? Pipeline { get; init; }

    /// <summary>The interval of a metric on the held-out rows, where it is a share of them.</summary>
    public Interval? Interval(MetricValue metric) => metric.IsShareOfRows ? Results.Interval.OfShare(metric.Value, Judged.Count) : null;
}
