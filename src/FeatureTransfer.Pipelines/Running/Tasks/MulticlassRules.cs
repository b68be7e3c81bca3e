using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>One of several classes.</summary>
/// <param name="labels">The labels of the model; empty before there is one.</param>
/// <param name="threshold">The score that the best label must reach to be the answer; null is any.</param>
/// <param name="limits">Which labels beside the answer come into question, and when a row is unknown; null where that was not asked for.</param>
internal sealed class MulticlassRules(IReadOnlyList<string> labels, double? threshold = null, AnswerLimits? limits = null) : TaskRules
{
    public override PipelineTask Task => PipelineTask.Multiclass;

    public override IReadOnlyList<string> Labels => labels;

    public override double? Threshold => threshold;

    public override AnswerLimits? Limits => limits;

    public override TaskRules Within(AnswerLimits? found) => new MulticlassRules(labels, threshold, found);

    public override TaskRules Learn(string pipeline, IReadOnlyList<string> labels)
    {
        CheckSeveral(pipeline, labels);
        return this;
    }

    public override TaskRules With(double threshold) => new MulticlassRules(labels, threshold, limits);

    public override TaskRules Complete(ScoredRows scored) => new MulticlassRules(scored.Labels, limits: limits);

    public override IReadOnlyList<string> Strata(IReadOnlyList<string> labels) => labels;

    // The chain maps the label to a key itself.
    public override Table Typed(Table rows, string labelColumn) => rows;

    public override EvaluationResult Judge(ScoredRows scored, IReadOnlyList<string> inputs, IReadOnlyList<string> labels)
    {
        if (scored.Labels.Count == 0)
            throw new FeatureTransferException("The column 'Score' is one number and not one a class. End the chain with a trainer of several classes, or set the pipeline's \"task\".");
        var rows = scored.Rows.Select((row, i) => Row(inputs[i], labels[i], row, scored.Labels)).ToList();
        var counting = new ClassCounting(scored.Labels, rows);
        return new EvaluationResult
        {
            Task = Task,
            Metrics = MulticlassMetrics.Evaluate(counting, rows, scored.Rows),
            Labels = counting.Labels,
            ConfusionCounts = counting.Counts,
            PerClass = counting.Classes,
            Predictions = rows,
        };
    }

    public override bool Knows(IReadOnlyList<string> others) => others.Any(labels.Contains);

    public override Prediction Answer(string input, RowScore score)
    {
        var best = Best(score);
        var unknown = limits?.IsUnknown(score.Novelty);
        return new Prediction
        {
            Input = input,
            Label = score.IsAsked || unknown == true || score.Scores[best] < threshold ? "" : labels[best],
            Confidence = score.Scores[best],
            Scores = score.Scores,
            Costly = score.IsCostly,
            Asked = score.IsAsked,
            Set = limits?.SetOf(labels, score.Probabilities),
            Novelty = score.Novelty,
            Unknown = unknown,
        };
    }

    private static PredictionRow Row(string input, string label, RowScore score, IReadOnlyList<string> names)
    {
        var best = Best(score);
        return new PredictionRow(input, label, names[best], score.Scores[best]);
    }

    private static int Best(RowScore score) => Array.IndexOf(score.Scores, score.Scores.Max());
}
