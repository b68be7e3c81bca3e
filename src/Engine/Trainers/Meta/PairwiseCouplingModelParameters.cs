using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>A model for each pair of classes: the probability that a row is of one of the two.</summary>
public sealed class PairwiseCouplingModelParameters : ModelParametersBase<VBuffer<float>>, IVectorModel
{
    internal const string Kind = "pairwise-coupling";

    private readonly int _classes;
    private readonly object[] _models;

    // The models lie as the lower half of a square matrix, row by row.
    internal PairwiseCouplingModelParameters(int classes, object[] models)
    {
        _classes = classes;
        _models = models;
    }

    int IVectorModel.ScoreCount => _classes;

    RowMap<VBuffer<float>, VBuffer<float>> IVectorModel.OpenScorer()
    {
        var scorers = _models.Select(m => new BinaryScorer(m, asProbability: true)).ToArray();
        var pairs = new float[scorers.Length];
        return (in VBuffer<float> features, ref VBuffer<float> scores) =>
        {
            for (int p = 0; p < pairs.Length; p++)
                pairs[p] = scorers[p].Score(in features);
            var editor = VBufferEditor.Create(ref scores, _classes);
            Couple(pairs, editor.Values);
            scores = editor.Commit();
        };
    }

    internal static PairwiseCouplingModelParameters Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        int classes = ctx.Reader.ReadInt32();
        return new(classes, BinaryScorer.Load(ctx));
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(_classes);
        BinaryScorer.Save(ctx, _models);
    }

    private static int At(int i, int j) => i >= j ? (i * (i + 1) / 2) + j : At(j, i);

    private static void Couple(float[] pairs, Span<float> shares)
    {
        int classes = shares.Length;
        for (int i = 0; i < classes; i++)
        {
            double own = pairs[At(i, i)];
            // A class of a pair's can be no likelier than the pair.
            double sum = 0;
            for (int j = 0; j < classes; j++)
                if (j != i)
                    sum += Math.Max(pairs[At(i, j)], Math.Max(own, pairs[At(j, j)])) / own;
            shares[i] = own > 0 ? (float)(1 / (sum - (classes - 2))) : 0;
            if (double.IsNaN(own))
                shares[i] = float.NaN;
        }
        Shares.Normalize(shares);
    }
}
