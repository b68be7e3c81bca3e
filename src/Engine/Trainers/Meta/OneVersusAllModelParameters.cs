using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>One model for each class.</summary>
public sealed class OneVersusAllModelParameters : ModelParametersBase<VBuffer<float>>, IVectorModel
{
    internal const string Kind = "one-versus-all";

    private readonly object[] _models;
    private readonly bool _useProbabilities;

    internal OneVersusAllModelParameters(object[] models, bool useProbabilities)
    {
        _models = models;
        _useProbabilities = useProbabilities;
    }

    int IVectorModel.ScoreCount => _models.Length;

    internal IReadOnlyList<object> Models => _models;

    internal bool UseProbabilities => _useProbabilities;

    RowMap<VBuffer<float>, VBuffer<float>> IVectorModel.OpenScorer()
    {
        var scorers = _models.Select(m => new BinaryScorer(m, _useProbabilities)).ToArray();
        return (in VBuffer<float> features, ref VBuffer<float> scores) =>
        {
            var editor = VBufferEditor.Create(ref scores, scorers.Length);
            for (int k = 0; k < scorers.Length; k++)
                editor.Values[k] = scorers[k].Score(in features);
            if (_useProbabilities)
                Shares.Normalize(editor.Values);
            scores = editor.Commit();
        };
    }

    internal static OneVersusAllModelParameters Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        bool useProbabilities = ctx.Reader.ReadBoolean();
        return new(BinaryScorer.Load(ctx), useProbabilities);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(_useProbabilities);
        BinaryScorer.Save(ctx, _models);
    }
}
