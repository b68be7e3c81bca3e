using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Microsoft.ML;

public sealed partial class AnomalyDetectionCatalog
{
    public AnomalyDetectionMetrics Evaluate(
        IDataView data,
        string labelColumnName = DefaultColumns.Label,
        string scoreColumnName = DefaultColumns.Score,
        string predictedLabelColumnName = DefaultColumns.PredictedLabel,
        int falsePositiveCount = 10)
    {
        ArgumentNullException.ThrowIfNull(data);
        var label = EvaluationColumns.Label(data.Schema, labelColumnName, allowBoolean: true);
        var score = EvaluationColumns.Number(data.Schema, scoreColumnName, "Score");
        EvaluationColumns.Find(data.Schema, predictedLabelColumnName, "PredictedLabel");
        using var cursor = Batches.Open(data, label, score);
        var readLabel = EvaluationColumns.Reader(cursor, label);
        var readScore = EvaluationColumns.Reader(cursor, score);
        var scores = new RankedScores();
        while (cursor.MoveNext(Batches.MaxRows))
            for (int i = 0; i < cursor.Count; i++)
                if (!float.IsNaN(readLabel(i)) && !float.IsNaN(readScore(i)))
                    scores.Add(readScore(i), readLabel(i) > 0);
        return new(scores, falsePositiveCount);
    }

    /// <summary>The same model, holding rows for unlike the rest where the score is above another threshold.</summary>
    public AnomalyPredictionTransformer<TModel> ChangeModelThreshold<TModel>(AnomalyPredictionTransformer<TModel> model, float threshold)
        where TModel : class
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.WithThreshold(threshold);
    }
}
