namespace FeatureTransfer.Pipelines;

/// <summary>What one run of a pipeline gave.</summary>
public sealed record RunResult
{
    /// <summary>The pipeline's name.</summary>
    public required string Name { get; init; }

    /// <summary>When the run began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The pipeline that ran.</summary>
    public required PipelineDefinition Definition { get; init; }

    /// <summary>The labels, in the order of the scores and of the confusion matrix.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The number of rows that could be used.</summary>
    public int Rows { get; init; }

    /// <summary>The number of rows that trained the final model.</summary>
    public int TrainRows { get; init; }

    /// <summary>The number of rows held out for the test.</summary>
    public int TestRows { get; init; }

    /// <summary>The rows that could not be used, each with its reason.</summary>
    public IReadOnlyList<RejectedRow> Rejected { get; init; } = [];

    /// <summary>The cross-validation on the training rows; null when none was asked for.</summary>
    public CrossValidationResult? CrossValidation { get; init; }

    /// <summary>The result on the held-out rows; null when none are held out.</summary>
    public EvaluationResult? Test { get; init; }

    /// <summary>Seconds spent in each stage, in the order of the stages.</summary>
    public IReadOnlyDictionary<string, double> StageSeconds { get; init; } = new Dictionary<string, double>();

    /// <summary>Where the bundle lies; null when none was asked for.</summary>
    public string? BundlePath { get; init; }

    /// <summary>Where the report lies; null when none was asked for.</summary>
    public string? ReportPath { get; init; }

    /// <summary>Versions of the parts that took part, by name.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();

    /// <summary>The backbone of the first feature extraction; null when the chain has none.</summary>
    public BackboneSummary? Backbone { get; init; }
}

/// <summary>The metrics of one fold.</summary>
/// <param name="Repeat">The repetition, from 0.</param>
/// <param name="Fold">The fold within the repetition, from 0.</param>
/// <param name="TrainRows">Rows it was trained on.</param>
/// <param name="TestRows">Rows it was judged on.</param>
/// <param name="MicroAccuracy">The share of rows that are right.</param>
/// <param name="MacroAccuracy">The mean over the classes of the share of rows that are right.</param>
/// <param name="LogLoss">The mean negative logarithm of the probability given to the true label.</param>
public sealed record FoldResult(int Repeat, int Fold, int TrainRows, int TestRows, double MicroAccuracy, double MacroAccuracy, double LogLoss);

/// <summary>Three metrics together.</summary>
/// <param name="MicroAccuracy">The share of rows that are right.</param>
/// <param name="MacroAccuracy">The mean over the classes of the share of rows that are right.</param>
/// <param name="LogLoss">The mean negative logarithm of the probability given to the true label.</param>
public sealed record MetricValues(double MicroAccuracy, double MacroAccuracy, double LogLoss);

/// <summary>The metrics of a cross-validation.</summary>
/// <param name="Folds">One entry a fold and repetition.</param>
/// <param name="Mean">The means over <paramref name="Folds" />.</param>
/// <param name="Std">The standard deviations over <paramref name="Folds" /> (n - 1 below the fraction line; 0 for one fold).</param>
public sealed record CrossValidationResult(IReadOnlyList<FoldResult> Folds, MetricValues Mean, MetricValues Std);

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
/// <param name="Confidence">The probability of the label predicted, 0 to 1.</param>
public sealed record PredictionRow(string Input, string Label, string Predicted, double Confidence);

/// <summary>The metrics and predictions on held-out rows.</summary>
public sealed record EvaluationResult
{
    /// <summary>The labels, in the order of <see cref="ConfusionCounts" />.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The share of rows that are right.</summary>
    public required double MicroAccuracy { get; init; }

    /// <summary>The mean over the classes of the share of rows that are right.</summary>
    public required double MacroAccuracy { get; init; }

    /// <summary>The mean negative logarithm of the probability given to the true label.</summary>
    public required double LogLoss { get; init; }

    /// <summary>The confusion matrix in counts, (true label, predicted label).</summary>
    public required IReadOnlyList<IReadOnlyList<double>> ConfusionCounts { get; init; }

    /// <summary>Precision and recall, one entry a label.</summary>
    public required IReadOnlyList<ClassResult> PerClass { get; init; }

    /// <summary>The prediction of every row.</summary>
    public IReadOnlyList<PredictionRow> Predictions { get; init; } = [];
}

/// <summary>What features a run learned from.</summary>
/// <param name="Id">The backbone's id.</param>
/// <param name="Layers">The layers tapped.</param>
/// <param name="Pooling">How their maps became vectors.</param>
/// <param name="FeatureLength">The number of features a row.</param>
/// <param name="Licence">The licence of the weights, where the card names one.</param>
public sealed record BackboneSummary(string Id, IReadOnlyList<string> Layers, string Pooling, int FeatureLength, string? Licence);
