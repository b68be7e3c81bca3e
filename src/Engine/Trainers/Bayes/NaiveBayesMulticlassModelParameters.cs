using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>How many rows of each class there were, and in how many of them each feature was greater than zero.</summary>
public sealed class NaiveBayesMulticlassModelParameters : ModelParametersBase<VBuffer<float>>, IVectorModel
{
    internal const string Kind = "naive-bayes";

    private readonly long[] _rows;
    private readonly long[][] _present;
    private readonly int _features;
    private readonly double[] _none;
    private readonly double[][] _gains;

    internal NaiveBayesMulticlassModelParameters(long[] rows, long[][] present, int features)
    {
        _rows = rows;
        _present = present;
        _features = features;
        _none = new double[rows.Length];
        _gains = new double[rows.Length][];
        double total = rows.Sum();
        for (int k = 0; k < rows.Length; k++)
            Prepare(k, total);
    }

    int IVectorModel.ScoreCount => _rows.Length;

    /// <summary>The scores of a row without any feature.</summary>
    internal IReadOnlyList<double> None => _none;

    /// <summary>What each feature adds to each score: (classes, features).</summary>
    internal IReadOnlyList<double[]> Gains => _gains;

    public IReadOnlyList<int> GetLabelHistogram() => [.. _rows.Select(n => checked((int)n))];

    public IReadOnlyList<long> GetLabelHistogramLong() => _rows;

    public IReadOnlyList<IReadOnlyList<int>> GetFeatureHistogram() => [.. _present.Select(p => (IReadOnlyList<int>)[.. p.Select(n => checked((int)n))])];

    public IReadOnlyList<IReadOnlyList<long>> GetFeatureHistogramLong() => _present;

    RowMap<VBuffer<float>, VBuffer<float>> IVectorModel.OpenScorer() => Score;

    internal static NaiveBayesMulticlassModelParameters Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        int features = ctx.Reader.ReadInt32();
        long[] rows = ctx.Reader.ReadArray<long>();
        return new(rows, [.. rows.Select(_ => ctx.Reader.ReadArray<long>())], features);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(_features);
        ctx.Writer.WriteArray(_rows);
        foreach (long[] present in _present)
            ctx.Writer.WriteArray(present);
    }

    // The score of a row without any feature, and what each feature adds to it.
    private void Prepare(int k, double total)
    {
        double all = _rows[k] + _rows.Length;
        _none[k] = Math.Log(_rows[k] / total);
        _gains[k] = new double[_features];
        for (int j = 0; j < _features; j++)
        {
            double absent = Math.Log((_rows[k] - _present[k][j] + 1) / all);
            _none[k] += absent;
            _gains[k][j] = Math.Log((_present[k][j] + 1) / all) - absent;
        }
    }

    private void Score(in VBuffer<float> features, ref VBuffer<float> scores)
    {
        var editor = VBufferEditor.Create(ref scores, _rows.Length);
        var values = features.GetValues();
        var indices = features.GetIndices();
        for (int k = 0; k < _rows.Length; k++)
        {
            double score = _none[k];
            for (int v = 0; v < values.Length; v++)
                if (values[v] > 0)
                    score += _gains[k][features.IsDense ? v : indices[v]];
            editor.Values[k] = (float)score;
        }
        scores = editor.Commit();
    }
}
