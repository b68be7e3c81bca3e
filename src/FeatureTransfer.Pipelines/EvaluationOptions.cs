namespace FeatureTransfer.Pipelines;

/// <summary>How the result of a pipeline is judged.</summary>
public sealed record EvaluationOptions
{
    /// <summary>
    /// The column of the data with the true label: text, or for <see cref="PipelineTask.Regression" /> a column of numbers too. Default <c>Label</c>.
    /// </summary>
    public string LabelColumn { get; init; } = "Label";

    /// <summary>
    /// In a <see cref="PipelineTask.Binary" /> task the label that is positive, all others being negative. Null, the default, reads <c>true</c> and
    /// <c>false</c>, <c>1</c> and <c>0</c>, <c>yes</c> and <c>no</c>.
    /// </summary>
    public string? PositiveLabel { get; init; }

    /// <summary>In a <see cref="PipelineTask.MultiLabel" /> task what stands between the labels of a row. Default <c>|</c>.</summary>
    public string LabelSeparator { get; init; } = "|";

    /// <summary>
    /// From where on the answer is yes: the probability (the score, where the trainer gives no probabilities) from which on a row of a
    /// <see cref="PipelineTask.Binary" /> task is positive, or a row of a <see cref="PipelineTask.MultiLabel" /> one has a label. Null, the default,
    /// takes the one with the best F1 on the predictions of the cross-validation; without one it is 0.5, or a score of 0.
    /// </summary>
    public double? Threshold { get; init; }

    /// <summary>The share of rejected rows above which a run fails, after it has saved what it had. Default 0.1.</summary>
    public double MaxRejectedShare { get; init; } = 0.1;

    /// <summary>
    /// What the result is compared with: <see cref="Baseline.RawPixels" /> trains and judges the same chain on the same split with the pixels themselves in
    /// the place of a backbone's features, which shows what transfer is worth. Default <see cref="Baseline.None" />.
    /// </summary>
    public Baseline Baseline { get; init; }

    /// <summary>
    /// Columns of text whose values divide the judged rows into groups that are told apart, see <see cref="Results.SliceReport" />. Default empty: none.
    /// </summary>
    public ValueList<string> Slices { get; init; } = [];

    /// <summary>
    /// Whether probabilities are calibrated by a temperature (Guo and others 2017) that is found on the predictions of the cross-validation, whatever the trainer is. The model
    /// file, and what is exported of it, gives calibrated probabilities then; the answers stay the same. The task is one of several classes, or of two. Default false.
    /// </summary>
    public bool Calibrate { get; init; }

    /// <summary>Sets of labels that hold the right one with a chosen probability; the task is one of several classes. Default null: none.</summary>
    public ConformalOptions? Conformal { get; init; }

    /// <summary>When a row is like none that the model knows; the task is one of several classes. Default null: never.</summary>
    public UnknownOptions? Unknown { get; init; }

    /// <summary>How the chain does with few labels a class; the task is one of several classes. Default null: that is not measured.</summary>
    public FewShotDraws? FewShot { get; init; }

    /// <summary>
    /// Columns of text that a linear probe is to tell from the features, such as the speaker or the camera, with and without what mitigates that: see
    /// <see cref="Results.ProbeReport" />. Default empty: none.
    /// </summary>
    public ValueList<string> Probe { get; init; } = [];

    /// <summary>What an hour of the machine costs, in any currency: the report then gives the cost of 1,000 rows too. Default null: it gives seconds alone.</summary>
    public double? PricePerHour { get; init; }
}
