using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Pipelines.Bundles;

/// <summary>What a bundle says of the pipeline that made it: <c>FeatureTransfer/pipeline.json</c> within the model file.</summary>
public sealed record BundleManifest
{
    /// <summary>The pipeline's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>The labels, in the order of the scores.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The pipeline as it ran, as JSON.</summary>
    public string Pipeline { get; init; } = "";

    /// <summary>The columns of text that the chain wants.</summary>
    public IReadOnlyList<string> InputColumns { get; init; } = [];

    /// <summary>
    /// A SHA-256 of the rows that the run read: of each the file's name and size, the label, the group and the numbers. It stays the same
    /// when the data move.
    /// </summary>
    public string DataFingerprint { get; init; } = "";

    /// <summary>The means of the cross-validation; null when there was none.</summary>
    public MetricValues? CrossValidation { get; init; }

    /// <summary>The standard deviations of the cross-validation; null when there was none.</summary>
    public MetricValues? CrossValidationStd { get; init; }

    /// <summary>The metrics on the held-out rows; null when none were held out.</summary>
    public MetricValues? Test { get; init; }

    /// <summary>Rows that trained it.</summary>
    public int TrainRows { get; init; }

    /// <summary>Versions of the parts that took part in making it.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();
}
