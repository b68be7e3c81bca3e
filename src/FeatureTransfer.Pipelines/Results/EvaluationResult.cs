namespace FeatureTransfer.Pipelines.Results;

/// <summary>The metrics and predictions on held-out rows.</summary>
public sealed record EvaluationResult
{
    /// <summary>The labels, in the order of <see cref="ConfusionCounts" />.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The share of rows that are right.</summary>
    public required double MicroAccuracy { get; init; }

    /// <summary>The mean over the classes of the share of rows that are right.</summary>
    public required double MacroAccuracy { get; init; }

    /// <summary>The mean negative logarithm of the probability given to the true label; null where the trainer gives no probabilities.</summary>
    public required double? LogLoss { get; init; }

    /// <summary>The confusion matrix in counts, (true label, predicted label).</summary>
    public required IReadOnlyList<IReadOnlyList<double>> ConfusionCounts { get; init; }

    /// <summary>Precision and recall, one entry a label.</summary>
    public required IReadOnlyList<ClassResult> PerClass { get; init; }

    /// <summary>The metrics, the one that counts most first.</summary>
    public IReadOnlyList<MetricValue> Metrics { get; init; } = [];

    /// <summary>More of a task with two answers; null for others.</summary>
    public BinaryDetail? Binary { get; init; }

    /// <summary>More of a task whose answer is a number; null for others.</summary>
    public RegressionDetail? Regression { get; init; }

    /// <summary>More of a task with several labels a row; null for others.</summary>
    public MultiLabelDetail? MultiLabel { get; init; }

    /// <summary>The prediction of every row.</summary>
    public IReadOnlyList<PredictionRow> Predictions { get; init; } = [];
}

/// <summary>How well one class is found.</summary>
/// <param name="Label">The class.</param>
/// <param name="Precision">The share of the rows given this label that are right; 0 when none was given it.</param>
/// <param name="Recall">The share of the rows of this class that are found; 0 when there are none.</param>
/// <param name="Count">The rows of this class.</param>
public sealed record ClassResult(string Label, double Precision, double Recall, int Count);

/// <summary>The prediction for one row whose label is known.</summary>
/// <param name="Input">The row's input, as a path.</param>
/// <param name="Label">The true label.</param>
/// <param name="Predicted">The label predicted.</param>
/// <param name="Confidence">The score of the label predicted: a probability, 0 to 1, where the trainer gives these.</param>
public sealed record PredictionRow(string Input, string Label, string Predicted, double Confidence);
