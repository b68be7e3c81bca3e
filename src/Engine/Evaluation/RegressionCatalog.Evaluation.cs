using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Microsoft.ML;

public sealed partial class RegressionCatalog
{
    public RegressionMetrics Evaluate(
        IDataView data, string labelColumnName = DefaultColumns.Label, string scoreColumnName = DefaultColumns.Score)
    {
        ArgumentNullException.ThrowIfNull(data);
        var score = EvaluationColumns.Number(data.Schema, scoreColumnName, "Score");
        var label = EvaluationColumns.Number(data.Schema, labelColumnName, "Label");
        using var cursor = Batches.Open(data, label, score);
        var readLabel = EvaluationColumns.Reader(cursor, label);
        var readScore = EvaluationColumns.Reader(cursor, score);
        long rows = 0;
        double absolute = 0, squares = 0, labels = 0, labelSquares = 0;
        while (cursor.MoveNext(Batches.MaxRows))
        {
            for (int i = 0; i < cursor.Count; i++)
            {
                double y = readLabel(i);
                double difference = y - readScore(i);
                if (double.IsNaN(difference))
                    continue;
                rows++;
                absolute += Math.Abs(difference);
                squares += difference * difference;
                labels += y;
                labelSquares += y * y;
            }
        }
        return new(rows, absolute, squares, labels, labelSquares);
    }
}
