using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>Reads scored rows of several classes.</summary>
internal static class MulticlassEvaluator
{
    public static MulticlassClassificationMetrics Evaluate(IDataView data, string labelName, string scoreName, int topK)
    {
        var score = EvaluationColumns.ScoreVector(data.Schema, scoreName);
        var label = EvaluationColumns.Label(data.Schema, labelName, allowBoolean: false);
        int classes = ((VectorDataViewType)score.Type).Size;
        if (topK > classes)
            throw new IndexOutOfRangeException($"topKPredictionCount is {topK}, but there are {classes} classes.");
        var counts = new MulticlassCounts(classes);
        using var cursor = Batches.Open(data, label, score);
        var readLabel = EvaluationColumns.Reader(cursor, label);
        var scores = cursor.Column<VBuffer<float>>(score);
        var dense = new float[classes];
        while (cursor.MoveNext(Batches.MaxRows))
        {
            for (int i = 0; i < cursor.Count; i++)
            {
                float y = readLabel(i);
                scores.Values[i].CopyTo(dense);
                // Rows without a label, or with a label that the model does not know, count nowhere.
                if (y >= 0 && y < classes && !dense.Contains(float.NaN))
                    counts.Add((int)y, dense);
            }
        }
        return new(counts, new ConfusionMatrix(counts.Matrix, Names(score, label, classes), isBinary: false), topK);
    }

    private static string[] Names(DataViewSchema.Column score, DataViewSchema.Column label, int classes)
    {
        if (score.SlotNamesOrNull() is { } slots)
            return slots;
        if (!label.HasKeyValues() || ((KeyDataViewType)label.Type).Count != (ulong)classes)
            return [.. Enumerable.Range(0, classes).Select(k => k.ToString(CultureInfo.InvariantCulture))];
        VBuffer<ReadOnlyMemory<char>> values = default;
        label.GetKeyValues(ref values);
        return [.. values.DenseValues().Select(v => v.ToString())];
    }
}
