using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Bundles;

/// <summary>What a bundle says of the pipeline that made it: <c>FeatureTransfer/pipeline.json</c> within the model file.</summary>
public sealed record BundleManifest
{
    /// <summary>The pipeline's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>What is predicted. Default <see cref="PipelineTask.Multiclass" />.</summary>
    public PipelineTask Task { get; init; }

    /// <summary>
    /// The labels, in the order of the scores; of a task with two answers first the negative label. Empty where the answer is a number.
    /// </summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>
    /// The probability from which on a row is called positive (the score, where the trainer gives no probabilities), or is given a label; null for
    /// other tasks.
    /// </summary>
    public double? Threshold { get; init; }

    /// <summary>Which labels beside the answer come into question, and when a row is unknown; null where the pipeline did not ask for that.</summary>
    public AnswerLimits? Limits { get; init; }

    /// <summary>The temperature that is a part of the model; null where the pipeline did not ask for one.</summary>
    public double? Temperature { get; init; }

    /// <summary>The label that is positive; null where labels are true and false, 1 and 0, or yes and no.</summary>
    public string? PositiveLabel { get; init; }

    /// <summary>What stands between several labels of a row. Default <c>|</c>.</summary>
    public string LabelSeparator { get; init; } = "|";

    /// <summary>The pipeline as it ran, as JSON.</summary>
    public string Pipeline { get; init; } = "";

    /// <summary>The columns of text that the chain wants.</summary>
    public IReadOnlyList<string> InputColumns { get; init; } = [];

    /// <summary>The columns of numbers that the data had.</summary>
    public IReadOnlyList<string> NumberColumns { get; init; } = [];

    /// <summary>
    /// A SHA-256 of the rows that the run read: of each the file's name and size, the label, the group, the numbers and the texts. It stays the same
    /// when the data move.
    /// </summary>
    public string DataFingerprint { get; init; } = "";

    /// <summary>The means of the cross-validation; null when there was none.</summary>
    public MetricSet? CrossValidation { get; init; }

    /// <summary>The standard deviations of the cross-validation; null when there was none.</summary>
    public MetricSet? CrossValidationStd { get; init; }

    /// <summary>The metrics on the held-out rows; null when none were held out.</summary>
    public MetricSet? Test { get; init; }

    /// <summary>Rows that trained it.</summary>
    public int TrainRows { get; init; }

    /// <summary>Versions of the parts that took part in making it.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();

    /// <summary>The columns of text that the data had beside those of every source.</summary>
    internal IReadOnlyList<string> TextColumns => [.. InputColumns.Where(column => column is not (DataSource.PathColumn or DataSource.LabelColumn or DataSource.GroupColumn))];
}
