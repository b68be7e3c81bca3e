using FeatureTransfer.Pipelines.Data;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Any of several labels.</summary>
/// <param name="separator">What stands between the labels of a row.</param>
/// <param name="known">All labels, in the order of the scores; empty before the data are known.</param>
/// <param name="threshold">From where on a row has a label; null is an even chance.</param>
internal sealed class MultiLabelRules(string separator, IReadOnlyList<string> known, double? threshold = null) : TaskRules
{
    // The scores are probabilities, each for itself.
    private const double Even = 0.5;
    private const int RowsPerStratum = 10;

    private double Limit => threshold ?? Even;

    public override PipelineTask Task => PipelineTask.MultiLabel;

    public override IReadOnlyList<string> Labels => known;

    public override double? Threshold => Limit;

    // A row may have none.
    public override string? Fault(string label) => null;

    public override TaskRules Learn(string pipeline, IReadOnlyList<string> labels)
    {
        CheckSeveral(pipeline, labels);
        return new MultiLabelRules(separator, [.. labels.SelectMany(Split).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], threshold);
    }

    // One for all labels, by the F1 over all of them.
    public override TaskRules Choose(IReadOnlyList<RowScore> scores, IReadOnlyList<string> labels)
    {
        bool[] truths = [.. Truths(known, labels).SelectMany(row => row)];
        return threshold is not null || !truths.Contains(true)
            ? this
            : new MultiLabelRules(separator, known, BinaryCurves.BestF1Threshold([.. scores.SelectMany(score => score.Scores)], truths));
    }

    public override TaskRules With(double threshold) => new MultiLabelRules(separator, known, threshold);

    // With many labels hardly two rows have the same set, and a stratum of one row lands wherever the first one does. So it is the rarest label
    // of a row that counts, which is the hardest to spread; strata too small for some folds are one together.
    public override IReadOnlyList<string> Strata(IReadOnlyList<string> labels)
    {
        var sets = labels.Select(label => Split(label).ToList()).ToList();
        var counts = sets.SelectMany(set => set).CountBy(label => label, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var rarest = sets.ConvertAll(set => set.Order(StringComparer.Ordinal).MinBy(label => counts[label]) ?? "");
        var sizes = rarest.CountBy(label => label, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return rarest.ConvertAll(label => sizes[label] < RowsPerStratum ? "" : label);
    }

    public override Table Typed(Table rows, string labelColumn) => rows.With(TableColumn.OfVectors(
        labelColumn,
        [.. Truths(known, LabelTexts.Of(rows, labelColumn)!).Select(row => row.Select(has => has ? 1f : 0f).ToArray())],
        new VectorDataViewType(NumberDataViewType.Single, known.Count),
        known));

    public override EvaluationResult Judge(ScoredRows scored, IReadOnlyList<string> inputs, IReadOnlyList<string> labels)
    {
        // A label that the model never learned is missed on each row that has it.
        IReadOnlyList<string> all = [.. scored.Labels, .. labels.SelectMany(Split).Except(scored.Labels, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        IReadOnlyList<IReadOnlyList<float>> scores = [.. scored.Rows.Select(row => (float[])[.. row.Scores, .. new float[all.Count - row.Scores.Length]])];
        var (metrics, detail) = MultiLabelMetrics.Evaluate(all, scores, Truths(all, labels), Limit);
        return new EvaluationResult
        {
            Task = Task,
            Metrics = [.. metrics],
            Labels = all,
            MultiLabel = detail,
            Predictions = [.. scored.Rows.Select((row, i) => new PredictionRow(inputs[i], Canonical(labels[i]), Given(row, scored.Labels), Confidence(row)))],
        };
    }

    // Rows without any label are of every set of labels.
    public override bool Knows(IReadOnlyList<string> labels)
    {
        var given = labels.SelectMany(Split).ToList();
        return given.Count == 0 || given.Exists(known.Contains);
    }

    public override Prediction Answer(string input, RowScore score) => new()
    {
        Input = input,
        Label = Given(score, known),
        Confidence = Confidence(score),
        Scores = score.Scores,
    };

    protected override IEnumerable<string> Classes(string label) => Split(label);

    protected override string Canonical(string label) => string.Join(separator, Split(label).Order(StringComparer.Ordinal));

    private IEnumerable<string> Split(string label) =>
        label.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal);

    private IReadOnlyList<IReadOnlyList<bool>> Truths(IReadOnlyList<string> all, IReadOnlyList<string> labels) =>
        [.. labels.Select(label => Split(label).ToHashSet(StringComparer.Ordinal)).Select(has => all.Select(has.Contains).ToArray())];

    private string Given(RowScore score, IReadOnlyList<string> names) =>
        string.Join(separator, names.Where((_, label) => score.Scores[label] >= Limit).Order(StringComparer.Ordinal));

    // Of what was said of each label, which the threshold decided.
    private double Confidence(RowScore score) => score.Scores.Average(probability => probability >= Limit ? probability : 1 - probability);
}
