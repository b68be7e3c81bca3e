using Microsoft.ML.Trainers;

namespace Microsoft.ML.Calibrators;

/// <summary>Scores with what they should have said.</summary>
internal sealed class CalibrationRows
{
    public List<(float Score, bool IsPositive, float Weight)> Rows { get; } = [];

    public void Add(float score, bool isPositive, float weight = 1)
    {
        if (float.IsFinite(score) && weight > 0)
            Rows.Add((score, isPositive, weight));
    }

    public static CalibrationRows Read(IDataView data, string labelName, string scoreName, string? weightName)
    {
        var label = data.Schema[labelName];
        var score = data.Schema[scoreName];
        DataViewSchema.Column? weight = weightName is null ? null : data.Schema[weightName];
        DataViewSchema.Column[] columns = weight is { } w ? [label, score, w] : [label, score];
        using var cursor = Batches.Open(data, columns);
        var readLabel = NumberReader.Create(cursor.Column(label.Index), label.Type);
        var readScore = NumberReader.Create(cursor.Column(score.Index), score.Type);
        var readWeight = weight is { } v ? NumberReader.Create(cursor.Column(v.Index), v.Type) : _ => 1;
        var rows = new CalibrationRows();
        while (cursor.MoveNext(Batches.MaxRows))
            for (int i = 0; i < cursor.Count; i++)
                if (readLabel(i) is var y && !float.IsNaN(y))
                    rows.Add(readScore(i), y > 0, readWeight(i));
        return rows;
    }
}
