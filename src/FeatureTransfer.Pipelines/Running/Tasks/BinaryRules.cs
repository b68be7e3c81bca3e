using FeatureTransfer.Pipelines.Data;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Yes or no.</summary>
/// <param name="names">How labels are read and called.</param>
/// <param name="threshold">From where on a row is positive; null is the trainer's own.</param>
internal sealed class BinaryRules(BinaryLabels names, double? threshold = null) : TaskRules
{
    public override PipelineTask Task => PipelineTask.Binary;

    public override IReadOnlyList<string> Labels => [names.Negative, names.Positive];

    public override double? Threshold => threshold;

    public override string? Fault(string label) => names.Fault(label);

    public override TaskRules Learn(string pipeline, IReadOnlyList<string> labels)
    {
        if (names.PositiveLabel is { } positive && !labels.Contains(positive))
            throw new FeatureTransferException($"{pipeline}: no row has the label '{positive}', which evaluation.positiveLabel names.{NearestName.Hint(positive, [.. labels.Distinct()])} The labels are {string.Join(", ", labels.Distinct().Take(10))}.");
        CheckSeveral(pipeline, labels);
        return new BinaryRules(names.Named(labels), threshold);
    }

    public override TaskRules Choose(IReadOnlyList<RowScore> scores, IReadOnlyList<string> labels) => scores.Count == 0 || threshold is not null
        ? this
        : new BinaryRules(names, BinaryCurves.BestF1Threshold([.. scores.Select(score => score.Decision)], Truths(labels)));

    public override TaskRules With(double threshold) => new BinaryRules(names, threshold);

    // Without a cross-validation it is the trainer's own threshold.
    public override TaskRules Complete(ScoredRows scored) => new BinaryRules(names, threshold ?? Default(scored.Rows));

    public override IReadOnlyList<string> Strata(IReadOnlyList<string> labels) => [.. labels.Select(Canonical)];

    public override Table Typed(Table rows, string labelColumn) =>
        rows.With(TableColumn.Of(labelColumn, Truths(LabelTexts.Of(rows, labelColumn)!), BooleanDataViewType.Instance));

    public override EvaluationResult Judge(ScoredRows scored, IReadOnlyList<string> inputs, IReadOnlyList<string> labels)
    {
        CheckScores(scored);
        var truths = Truths(labels);
        var limit = threshold ?? Default(scored.Rows);
        var rows = scored.Rows.Select((row, i) => Row(inputs[i], truths[i], row, limit)).ToList();
        var counting = new ClassCounting(Labels, rows);
        return new EvaluationResult
        {
            Task = Task,
            Metrics = BinaryMetrics.Evaluate(scored.Rows, truths, limit, counting),
            Labels = counting.Labels,
            ConfusionCounts = counting.Counts,
            PerClass = counting.Classes,
            Predictions = rows,
            Binary = BinaryCurves.Detail([.. scored.Rows.Select(row => row.Decision)], truths, limit, names.Positive, names.Negative),
        };
    }

    // Where one label is positive every other text is negative, whatever it says: it must be the one that was learned as such, or beside it.
    public override bool Knows(IReadOnlyList<string> labels) => names.PositiveLabel is null || labels.Contains(names.Positive) || labels.Contains(names.Negative);

    public override Prediction Answer(string input, RowScore score)
    {
        var row = Row(input, true, score, threshold ?? Default([score]));
        return new Prediction
        {
            Input = input,
            Label = row.Predicted,
            Confidence = row.Confidence,
            Score = score.Scores[0],
            Probability = score.Probability,
            Scores = [Side(score, false), Side(score, true)],
        };
    }

    protected override string Canonical(string label) => names.Name(names.Read(label) == true);

    private PredictionRow Row(string input, bool truth, RowScore score, double limit)
    {
        var positive = score.Decision >= limit;
        return new PredictionRow(input, names.Name(truth), names.Name(positive), Side(score, positive));
    }

    private bool[] Truths(IReadOnlyList<string> labels) => [.. labels.Select(label => names.Read(label) == true)];

    // The score of either answer: what is not positive is negative.
    private static float Side(RowScore score, bool positive) => score.Probability is { } probability
        ? positive ? probability : 1 - probability
        : positive ? score.Scores[0] : -score.Scores[0];

    // What ML.NET's trainers themselves decide by.
    private static double Default(IReadOnlyList<RowScore> scores) => scores.Any(score => score.Probability is null) ? 0 : 0.5;

    private static void CheckScores(ScoredRows scored)
    {
        if (scored.Labels.Count > 0)
            throw new FeatureTransferException("The column 'Score' is one number a class and not a single one. End the chain with a trainer of two classes, or set the pipeline's \"task\".");
    }
}
