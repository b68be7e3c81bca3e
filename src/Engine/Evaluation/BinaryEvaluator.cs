namespace Microsoft.ML.Data;

/// <summary>Reads scored rows of two classes.</summary>
internal sealed class BinaryEvaluator
{
    private readonly double[][] _counts = [new double[2], new double[2]];
    private readonly RankedScores _scores = new();
    private double _loss;
    private long _rows;

    public static CalibratedBinaryClassificationMetrics Evaluate(
        IDataView data, string label, string score, string probability, string predictedLabel)
    {
        var evaluator = new BinaryEvaluator();
        evaluator.Read(data, label, score, probability, predictedLabel);
        return new(evaluator.Matrix(), evaluator._scores, evaluator._loss / evaluator._rows);
    }

    public static BinaryClassificationMetrics EvaluateNonCalibrated(IDataView data, string label, string score, string predictedLabel)
    {
        var evaluator = new BinaryEvaluator();
        evaluator.Read(data, label, score, null, predictedLabel);
        return new(evaluator.Matrix(), evaluator._scores);
    }

    private ConfusionMatrix Matrix() => new(_counts, ["positive", "negative"], isBinary: true);

    private void Read(IDataView data, string labelName, string scoreName, string? probabilityName, string predictedName)
    {
        var label = EvaluationColumns.Label(data.Schema, labelName, allowBoolean: true);
        var score = EvaluationColumns.Number(data.Schema, scoreName, "Score");
        DataViewSchema.Column? probability = probabilityName is null
            ? null
            : EvaluationColumns.Number(data.Schema, probabilityName, "Probability");
        var predicted = EvaluationColumns.Find(data.Schema, predictedName, "PredictedLabel");
        if (predicted.Type is not BooleanDataViewType)
            throw EvaluationColumns.Mismatch(predicted, "PredictedLabel", "Boolean");
        DataViewSchema.Column[] columns = probability is { } p ? [label, score, predicted, p] : [label, score, predicted];
        using var cursor = Batches.Open(data, columns);
        var readLabel = EvaluationColumns.Reader(cursor, label);
        var readScore = EvaluationColumns.Reader(cursor, score);
        var readPredicted = EvaluationColumns.Reader(cursor, predicted);
        var readProbability = probability is { } q ? EvaluationColumns.Reader(cursor, q) : null;
        while (cursor.MoveNext(Batches.MaxRows))
            for (int i = 0; i < cursor.Count; i++)
                Add(readLabel(i), readScore(i), readPredicted(i) > 0, readProbability?.Invoke(i));
    }

    private void Add(float label, float score, bool predicted, float? probability)
    {
        if (float.IsNaN(label) || float.IsNaN(score))
            return;
        bool isPositive = label > 0;
        _rows++;
        _counts[isPositive ? 0 : 1][predicted ? 0 : 1]++;
        _scores.Add(score, isPositive);
        if (probability is { } p)
            _loss -= Math.Log2(isPositive ? p : 1 - p);
    }
}
