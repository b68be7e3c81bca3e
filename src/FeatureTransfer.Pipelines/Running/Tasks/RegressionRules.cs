using FeatureTransfer.Pipelines.Data;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>A number.</summary>
internal sealed class RegressionRules : TaskRules
{
    private const int MostBins = 10;
    private const int RowsPerBin = 10;

    public override PipelineTask Task => PipelineTask.Regression;

    public override string? Fault(string label) => base.Fault(label)
        ?? (float.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number) ? null : $"is \"{label}\", expected a number such as 1.5");

    public override TaskRules Learn(string pipeline, IReadOnlyList<string> labels)
    {
        CheckSeveral(pipeline, labels);
        return this;
    }

    // Bins with about as many rows each; equal numbers share one.
    public override IReadOnlyList<string> Strata(IReadOnlyList<string> labels)
    {
        var numbers = labels.Select(Number).ToList();
        var bins = Math.Clamp(numbers.Count / RowsPerBin, 1, MostBins);
        var ordered = numbers.Order().ToList();
        return [.. numbers.Select(number => Bin(number).ToString(CultureInfo.InvariantCulture))];

        int Bin(float number) => First(ordered, number) * bins / ordered.Count;
    }

    public override Table Typed(Table rows, string labelColumn) =>
        rows.With(TableColumn.Of(labelColumn, [.. LabelTexts.Of(rows, labelColumn)!.Select(Number)], NumberDataViewType.Single));

    public override EvaluationResult Judge(ScoredRows scored, IReadOnlyList<string> inputs, IReadOnlyList<string> labels)
    {
        if (scored.Labels.Count > 0)
            throw new FeatureTransferException("The column 'Score' is one number a class and not a single one. End the chain with a trainer of regression, or set the pipeline's \"task\".");
        var rows = scored.Rows.Select((row, i) => new NumberPrediction(inputs[i], Number(labels[i]), row.Scores[0])).ToList();
        return new EvaluationResult { Task = Task, Metrics = Metrics(rows), Regression = new RegressionDetail(rows) };
    }

    public override Prediction Answer(string input, RowScore score) => new()
    {
        Input = input,
        Label = score.Scores[0].ToString(CultureInfo.InvariantCulture),
        Score = score.Scores[0],
        Scores = score.Scores,
    };

    protected override IEnumerable<string> Classes(string label) => [];

    protected override string Canonical(string label) => Number(label).ToString(CultureInfo.InvariantCulture);

    private static MetricSet Metrics(IReadOnlyList<NumberPrediction> rows)
    {
        var table = new Table(rows.Count)
            .With("Label", [.. rows.Select(row => (float)row.Truth)])
            .With("Score", [.. rows.Select(row => (float)row.Predicted)]);
        var metrics = new MLContext(1).Regression.Evaluate(table);
        MetricSet errors =
        [
            new("meanAbsoluteError", metrics.MeanAbsoluteError, false),
            new("rootMeanSquaredError", metrics.RootMeanSquaredError, false),
            new("meanSquaredError", metrics.MeanSquaredError, false),
        ];

        // Equal labels have no variance that could be explained.
        return rows.DistinctBy(row => row.Truth).Skip(1).Any() ? [new("rSquared", metrics.RSquared, true), .. errors] : errors;
    }

    private static float Number(string label) => float.Parse(label, NumberStyles.Float, CultureInfo.InvariantCulture);

    // The place of the first of equals.
    private static int First(List<float> ordered, float number)
    {
        var (low, high) = (0, ordered.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ordered[middle] < number)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
