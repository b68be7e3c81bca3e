using Microsoft.ML.Trainers;

namespace Microsoft.ML.Data;

/// <summary>Reads rows with scores of clusters.</summary>
internal sealed class ClusteringEvaluator
{
    private readonly Dictionary<(int Label, int Cluster), double> _together = [];
    private readonly List<(int Cluster, VBuffer<float> Features)> _members = [];
    private double _distance;
    private long _rows;

    public static ClusteringMetrics Evaluate(IDataView data, string? labelName, string scoreName, string? featureName)
    {
        var evaluator = new ClusteringEvaluator();
        evaluator.Read(data, labelName, scoreName, featureName);
        return new(
            evaluator._distance / evaluator._rows,
            featureName is null ? 0 : ClusterSpread.DaviesBouldin(evaluator._members),
            labelName is null ? double.NaN : evaluator.MutualInformation());
    }

    private void Read(IDataView data, string? labelName, string scoreName, string? featureName)
    {
        var score = EvaluationColumns.ScoreVector(data.Schema, scoreName);
        DataViewSchema.Column? label = labelName is null ? null : EvaluationColumns.Label(data.Schema, labelName, allowBoolean: false);
        DataViewSchema.Column? feature = featureName is null ? null : EvaluationColumns.ScoreVector(data.Schema, featureName);
        using var cursor = Batches.Open(data, [score, .. new[] { label, feature }.OfType<DataViewSchema.Column>()]);
        var scores = cursor.Column<VBuffer<float>>(score);
        var readLabel = label is { } l ? EvaluationColumns.Reader(cursor, l) : null;
        var features = feature is { } f ? cursor.Column<VBuffer<float>>(f) : null;
        var dense = new float[((VectorDataViewType)score.Type).Size];
        while (cursor.MoveNext(Batches.MaxRows))
        {
            for (int i = 0; i < cursor.Count; i++)
            {
                scores.Values[i].CopyTo(dense);
                int cluster = (int)ClusteringPrediction.Nearest(dense) - 1;
                float y = readLabel is null ? 0 : readLabel(i);
                if (cluster < 0 || float.IsNaN(y))
                    continue;
                _rows++;
                _distance += dense[cluster];
                _together[((int)y, cluster)] = _together.GetValueOrDefault(((int)y, cluster)) + 1;
                if (features is not null)
                    _members.Add((cluster, Copy(in features.Values[i])));
            }
        }
    }

    private double MutualInformation()
    {
        var labels = _together.GroupBy(p => p.Key.Label).ToDictionary(g => g.Key, g => g.Sum(p => p.Value));
        var clusters = _together.GroupBy(p => p.Key.Cluster).ToDictionary(g => g.Key, g => g.Sum(p => p.Value));
        double entropy = labels.Values.Sum(n => -n / _rows * Math.Log(n / _rows));
        double shared = _together.Sum(p => p.Value / _rows * Math.Log(p.Value * _rows / (labels[p.Key.Label] * clusters[p.Key.Cluster])));
        // Where there is one label there is nothing to say of it.
        return entropy > 0 ? shared / entropy : 0;
    }

    private static VBuffer<float> Copy(in VBuffer<float> source)
    {
        VBuffer<float> copy = default;
        source.CopyTo(ref copy);
        return copy;
    }
}
