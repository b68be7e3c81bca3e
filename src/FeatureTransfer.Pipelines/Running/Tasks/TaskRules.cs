using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>What a pipeline's task decides: how labels are read, how rows are split, how predictions are judged and told. Immutable.</summary>
internal abstract class TaskRules
{
    public abstract PipelineTask Task { get; }

    /// <summary>The labels as far as they are known from the data, in the order of the answers' scores.</summary>
    public virtual IReadOnlyList<string> Labels => [];

    /// <summary>From where on a row is called positive, or is given a label; null where there is no such thing.</summary>
    public virtual double? Threshold => null;

    /// <summary>Which labels beside the answer come into question, and when a row is unknown; null where that was not asked for.</summary>
    public virtual AnswerLimits? Limits => null;

    /// <summary>The rules of a pipeline, before its data are known.</summary>
    public static TaskRules Of(PipelineDefinition definition) => definition.Task switch
    {
        PipelineTask.Multiclass => new MulticlassRules([]),
        PipelineTask.Binary => new BinaryRules(new BinaryLabels(definition.Evaluation.PositiveLabel is { } positive ? LabelText.Clean(positive) : null), definition.Evaluation.Threshold),
        PipelineTask.Regression => new RegressionRules(),
        _ => new MultiLabelRules(definition.Evaluation.LabelSeparator, [], definition.Evaluation.Threshold),
    };

    /// <summary>The rules of a bundle.</summary>
    public static TaskRules Of(BundleManifest manifest) => manifest.Task switch
    {
        PipelineTask.Multiclass => new MulticlassRules(manifest.Labels, limits: manifest.Limits),
        PipelineTask.Binary => new BinaryRules(new BinaryLabels(manifest.PositiveLabel) { Negative = manifest.Labels[0], Positive = manifest.Labels[1] }, manifest.Threshold),
        PipelineTask.Regression => new RegressionRules(),
        _ => new MultiLabelRules(manifest.LabelSeparator, manifest.Labels, manifest.Threshold),
    };

    /// <summary>Why a label cannot be used, as the end of a sentence; null when it can.</summary>
    public virtual string? Fault(string label) => label.Length == 0 ? "is empty, so the row has no label" : null;

    /// <summary>The rules with what the labels of all rows tell.</summary>
    /// <exception cref="FeatureTransferException">There is nothing to learn from such labels.</exception>
    public abstract TaskRules Learn(string pipeline, IReadOnlyList<string> labels);

    /// <summary>The rules with a threshold that is best for rows that the model did not learn from, unless the pipeline gives one.</summary>
    public virtual TaskRules Choose(IReadOnlyList<RowScore> scores, IReadOnlyList<string> labels) => this;

    /// <summary>The rules with a threshold that the user gives.</summary>
    /// <exception cref="FeatureTransferException">The task has none.</exception>
    public virtual TaskRules With(double threshold) => throw new FeatureTransferException($"A threshold was given, and the answers of the task {TaskFault.Name(Task)} are numbers, which have none. Leave it out.");

    /// <summary>The rules with what a trained model tells.</summary>
    /// <param name="scored">Its answers for some rows.</param>
    public virtual TaskRules Complete(ScoredRows scored) => this;

    /// <summary>The rules with limits.</summary>
    public virtual TaskRules Within(AnswerLimits? limits) => this;

    /// <summary>What every part of a split keeps the shares of, one a row.</summary>
    public abstract IReadOnlyList<string> Strata(IReadOnlyList<string> labels);

    /// <summary>The rows with their label as the trainers of the task want it.</summary>
    public abstract Table Typed(Table rows, string labelColumn);

    /// <summary>Compares answers with the true labels.</summary>
    public abstract EvaluationResult Judge(ScoredRows scored, IReadOnlyList<string> inputs, IReadOnlyList<string> labels);

    /// <summary>Compares answers with the true labels, and judges the limits too, where there are some.</summary>
    public EvaluationResult JudgeWithin(ScoredRows scored, IReadOnlyList<string> inputs, IReadOnlyList<string> labels)
    {
        var result = Judge(scored, inputs, labels);
        if (Limits is null || result.Predictions.Count == 0)
            return result;
        var answers = scored.Rows.Select((row, i) => Answer(inputs[i], row)).ToList();
        return result with
        {
            Limits = LimitsReport.Of(Limits, answers, result.Predictions),
            Predictions = [.. result.Predictions.Zip(answers, (row, answer) => row with { Set = answer.Set is { } set ? string.Join(" | ", set) : null, Unknown = answer.Unknown })],
        };
    }

    /// <summary>The rows of each label in the parts of a split, the label with most training rows first.</summary>
    public IReadOnlyList<ClassRows> Count(IReadOnlyList<string> train, IReadOnlyList<string> test)
    {
        var (trained, tested) = (Counts(train), Counts(test));
        return
        [
            .. trained.Keys.Union(tested.Keys, StringComparer.Ordinal)
                .Select(label => new ClassRows(label, trained.GetValueOrDefault(label), tested.GetValueOrDefault(label)))
                .OrderByDescending(label => label.TrainRows).ThenBy(label => label.Label, StringComparer.Ordinal),
        ];

        Dictionary<string, int> Counts(IReadOnlyList<string> labels) => labels.SelectMany(Classes).CountBy(label => label, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>The answer for one input.</summary>
    public abstract Prediction Answer(string input, RowScore score);

    /// <summary>Checks that rows have more than one label, or number.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="labels">The labels of the rows that are learned from.</param>
    /// <param name="all">The labels of these rows and of those that are judged.</param>
    /// <param name="grouped">Whether groups of rows stay whole.</param>
    /// <param name="part">What the rows are called.</param>
    /// <exception cref="FeatureTransferException">They have one; the message says which label is missing, and why.</exception>
    public void CheckTrainable(string pipeline, IReadOnlyList<string> labels, IReadOnlyList<string> all, bool grouped, string part)
    {
        if (Single(labels) is not { } only)
            return;
        var missing = all.Select(Canonical).Where(label => label != Canonical(only)).CountBy(label => label, StringComparer.Ordinal).MaxBy(label => label.Value);
        throw new FeatureTransferException(string.Create(CultureInfo.InvariantCulture, $"{pipeline}: {part} have one label, '{only}': the label '{missing.Key}' has {missing.Value} {(missing.Value == 1 ? "row" : "rows")}, which the split left to the other side{(grouped ? ", because groups and copies of an image stay whole" : "")}. Give more rows of it{(grouped ? " in more groups" : "")}, lower split.testFraction, or set split.folds to 0."));
    }

    /// <summary>Checks the labels of all rows.</summary>
    /// <exception cref="FeatureTransferException">They are all one.</exception>
    protected void CheckSeveral(string pipeline, IReadOnlyList<string> labels)
    {
        if (Single(labels) is { } only)
            throw new FeatureTransferException($"{pipeline}: all {labels.Count} rows have one label, '{only}'. A trainer needs at least two; check the data and its filters.");
    }

    /// <summary>Whether labels have to do with those that a bundle has learned: one of them at least is the same.</summary>
    public virtual bool Knows(IReadOnlyList<string> labels) => true;

    /// <summary>The classes of rows that were not learned, the most frequent first.</summary>
    public IReadOnlyList<UnknownLabel> Unknown(IReadOnlyList<string> labels) =>
    [
        .. labels.SelectMany(Classes).Where(label => !Labels.Contains(label))
            .CountBy(label => label, StringComparer.Ordinal)
            .Select(label => new UnknownLabel(label.Key, label.Value))
            .OrderByDescending(label => label.Rows).ThenBy(label => label.Label, StringComparer.Ordinal),
    ];

    /// <summary>The classes that a row with this label belongs to.</summary>
    protected virtual IEnumerable<string> Classes(string label) => [Canonical(label)];

    /// <summary>Labels that mean the same as the same text.</summary>
    protected virtual string Canonical(string label) => label;

    // The only label of rows; null where there are several.
    private string? Single(IReadOnlyList<string> labels) => labels.DistinctBy(Canonical, StringComparer.Ordinal).Take(2).ToList() switch
    {
        [var only] => only,
        [] => "",
        _ => null,
    };
}
