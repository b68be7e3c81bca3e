using FeatureTransfer.Cascades;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Heads;

namespace FeatureTransfer.Pipelines.Results;

/// <summary>What one run of a pipeline gave.</summary>
public sealed record RunResult
{
    /// <summary>The pipeline's name.</summary>
    public required string Name { get; init; }

    /// <summary>When the run began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>What the pipeline is for; empty where it does not say.</summary>
    public string Description { get; init; } = "";

    /// <summary>The pipeline that ran, as JSON.</summary>
    public required string Pipeline { get; init; }

    /// <summary>What is predicted.</summary>
    public PipelineTask Task { get; init; }

    /// <summary>
    /// The probability from which on a row is called positive (the score, where the trainer gives no probabilities), or is given a label; null for
    /// other tasks.
    /// </summary>
    public double? Threshold { get; init; }

    /// <summary>Which labels beside the answer come into question, and when a row is unknown; null where the pipeline does not ask for that.</summary>
    public AnswerLimits? Limits { get; init; }

    /// <summary>The temperature that calibrates the probabilities, and what it does on the held-out rows; null where the pipeline does not ask for that.</summary>
    public CalibrationReport? Calibration { get; init; }

    /// <summary>
    /// The labels, in the order of the scores and of the confusion matrix; of a task with two answers first the negative label. Empty where the answer
    /// is a number.
    /// </summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The number of rows that could be used.</summary>
    public int Rows { get; init; }

    /// <summary>The columns of text that rows have beside their input, or in its place.</summary>
    public IReadOnlyList<string> TextColumns { get; init; } = [];

    /// <summary>The columns of numbers that rows have beside their input: with them, files alone are not enough to predict from.</summary>
    public IReadOnlyList<string> NumberColumns { get; init; } = [];

    /// <summary>Whether rows are called by paths, and not by the beginnings of their texts or by their numbers. Default true.</summary>
    public bool HasPaths { get; init; } = true;

    /// <summary>The number of rows that trained the final model.</summary>
    public int TrainRows { get; init; }

    /// <summary>The number of rows held out for the test.</summary>
    public int TestRows { get; init; }

    /// <summary>The rows of each label in either part of the split, the label with most rows first; empty where the answer is a number.</summary>
    public IReadOnlyList<ClassRows> ClassRows { get; init; } = [];

    /// <summary>The seed of the split and of everything else that is random.</summary>
    public int Seed { get; init; }

    /// <summary>The rows that could not be used, each with its reason.</summary>
    public IReadOnlyList<RejectedRow> Rejected { get; init; } = [];

    /// <summary>What a user ought to know of the data and of the split, a sentence each; empty where all is as expected.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The cross-validation on the training rows; null when none was asked for.</summary>
    public CrossValidationResult? CrossValidation { get; init; }

    /// <summary>How the pipeline was found; null where it was given.</summary>
    public SearchResult? Search { get; init; }

    /// <summary>The result on the held-out rows; null when none are held out.</summary>
    public EvaluationResult? Test { get; init; }

    /// <summary>What the same chain gave without a backbone; null when the pipeline asks for no baseline.</summary>
    public BaselineResult? Baseline { get; init; }

    /// <summary>
    /// How the model does on the target, and with which adaptation; null where the pipeline has no target. Where one is kept, the model file has it, and the other
    /// results here are those of the plain model on the source.
    /// </summary>
    public DomainComparisonReport? Target { get; init; }

    /// <summary>How the chain does with few labels a class; empty where the pipeline does not ask for that.</summary>
    public IReadOnlyList<FewShotResult> FewShot { get; init; } = [];

    /// <summary>What the features tell of columns; empty where the pipeline does not ask for that.</summary>
    public IReadOnlyList<ProbeReport> Probes { get; init; } = [];

    /// <summary>How fine-tuning went; null where the chain has none.</summary>
    public FineTuneSummary? FineTuning { get; init; }

    /// <summary>What the gate at the end of the chain does on the rows that its thresholds were chosen by; null where the chain ends in none.</summary>
    public GateReport? Gate { get; init; }

    /// <summary>Seconds spent in each stage, in the order of the stages.</summary>
    public IReadOnlyDictionary<string, double> StageSeconds { get; init; } = new Dictionary<string, double>();

    /// <summary>Where the bundle lies; null when none was asked for.</summary>
    public string? BundlePath { get; init; }

    /// <summary>Where the report lies; null when none was asked for.</summary>
    public string? ReportPath { get; init; }

    /// <summary>Small JPEG files of images that are no files and that the report shows, by the names of their rows.</summary>
    public IReadOnlyDictionary<string, byte[]> Pictures { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>The judged rows' features in a plane; null where there are none.</summary>
    internal FeatureMap? Map { get; init; }

    /// <summary>What an hour of the machine costs; null where the pipeline does not say.</summary>
    internal double? PricePerHour { get; init; }

    /// <summary>Versions of the parts that took part, by name.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();

    /// <summary>The backbone of the first feature extraction; null when the chain has none.</summary>
    public BackboneSummary? Backbone { get; init; }
}
