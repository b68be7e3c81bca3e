using System.Text.Json.Serialization;

namespace FeatureTransfer.Pipelines.Results;

/// <summary>The metrics and predictions on held-out rows.</summary>
[JsonConverter(typeof(EvaluationResultConverter))]
public sealed record EvaluationResult
{
    /// <summary>What was predicted.</summary>
    public PipelineTask Task { get; init; }

    /// <summary>The metrics, the one that counts most first.</summary>
    public required MetricSet Metrics { get; init; }

    /// <summary>
    /// The labels: of a task with classes in the order of <see cref="ConfusionCounts" />, of one with two answers first the negative label; empty where
    /// the answer is a number.
    /// </summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The confusion matrix in counts, (true label, predicted label); empty where a row has not one class.</summary>
    public IReadOnlyList<IReadOnlyList<double>> ConfusionCounts { get; init; } = [];

    /// <summary>Precision and recall, one entry a label; empty where a row has not one class.</summary>
    public IReadOnlyList<ClassResult> PerClass { get; init; } = [];

    /// <summary>More of a task with two answers; null for others.</summary>
    public BinaryDetail? Binary { get; init; }

    /// <summary>More of a task whose answer is a number, with the prediction of every row; null for others.</summary>
    public RegressionDetail? Regression { get; init; }

    /// <summary>More of a task with several labels a row; null for others.</summary>
    public MultiLabelDetail? MultiLabel { get; init; }

    /// <summary>How well the groups of rows are judged that <see cref="EvaluationOptions.Slices" /> asks about; empty where it asks for none.</summary>
    public IReadOnlyList<SliceReport> Slices { get; init; } = [];

    /// <summary>How the limits of the answers do that <see cref="EvaluationOptions.Conformal" /> and <see cref="EvaluationOptions.Unknown" /> ask for; null where they ask for none.</summary>
    public LimitsReport? Limits { get; init; }

    /// <summary>The prediction of every row; empty where the answer is a number.</summary>
    public IReadOnlyList<PredictionRow> Predictions { get; init; } = [];

    /// <summary>The number of rows that were judged.</summary>
    [JsonIgnore]
    public int Rows => Regression?.Predictions.Count ?? Predictions.Count;

    /// <summary>The 95 % confidence interval of the metric that counts most, where that is a share of rows; else null.</summary>
    [JsonIgnore]
    public Interval? Interval => Metrics.Headline is { IsShareOfRows: true } share && Rows > 0 ? Results.Interval.OfShare(share.Value, Rows) : null;

    /// <summary>The mistakes that <see cref="ConfusionCounts" /> has most of, the most frequent first; of two alike, the one with the larger share of its class.</summary>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<ConfusedPair> MostConfused(int most) =>
    [
        .. ConfusionCounts
            .SelectMany((row, truth) => Pairs(row, truth, row.Sum()))
            .OrderByDescending(pair => pair.Count).ThenByDescending(pair => pair.Share)
            .Take(most),
    ];

    private IEnumerable<ConfusedPair> Pairs(IReadOnlyList<double> row, int truth, double sum) => row
        .Index()
        .Where(cell => cell.Index != truth && cell.Item > 0)
        .Select(cell => new ConfusedPair(Labels[truth], Labels[cell.Index], (int)cell.Item, cell.Item / sum));
}

/// <summary>How well one class is found.</summary>
/// <param name="Label">The class.</param>
/// <param name="Precision">The share of the rows given this label that are right; 0 when none was given it.</param>
/// <param name="Recall">The share of the rows of this class that are found; 0 when there are none.</param>
/// <param name="Count">The rows of this class.</param>
public sealed record ClassResult(string Label, double Precision, double Recall, int Count)
{
    /// <summary>The harmonic mean of <see cref="Precision" /> and <see cref="Recall" />; 0 when both are 0.</summary>
    public double F1 => Precision + Recall > 0 ? 2 * Precision * Recall / (Precision + Recall) : 0;
}

/// <summary>A label that was taken for another.</summary>
/// <param name="Label">The true label.</param>
/// <param name="Predicted">The label predicted.</param>
/// <param name="Count">The rows.</param>
/// <param name="Share">The share of the rows of the true label, 0 to 1.</param>
public sealed record ConfusedPair(string Label, string Predicted, int Count, double Share);

/// <summary>The prediction for one row whose label is known.</summary>
/// <param name="Input">The row's input, as a path.</param>
/// <param name="Label">The true label; several are joined by the separator.</param>
/// <param name="Predicted">The label predicted; several are joined by the separator.</param>
/// <param name="Confidence">
/// The score of the label predicted: a probability, 0 to 1, where the trainer gives these. With several labels a row, the mean over all labels of the
/// probability of what was said of each.
/// </param>
public sealed record PredictionRow(string Input, string Label, string Predicted, double Confidence)
{
    /// <summary>The labels that come into question, joined by <c> | </c>; null where there are no sets.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Set { get; init; }

    /// <summary>Whether the row is like none that the model knows; null where that was not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Unknown { get; init; }
}
