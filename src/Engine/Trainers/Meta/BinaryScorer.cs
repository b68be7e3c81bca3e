using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>The score of a binary model, or the probability that it stands for.</summary>
internal sealed class BinaryScorer(object model, bool asProbability)
{
    private readonly RowMap<VBuffer<float>, float> _score = ((IScalarModel)model).OpenScorer();
    private readonly ICalibrator? _calibrator = asProbability ? (model as IProbabilisticModel)?.Calibrator : null;

    public float Score(in VBuffer<float> features)
    {
        float score = 0;
        _score(in features, ref score);
        return _calibrator is null ? score : _calibrator.PredictProbability(score);
    }

    public static void Save(ModelSaveContext ctx, object[] models)
    {
        ctx.Writer.Write(models.Length);
        foreach (object model in models)
            ctx.Save(model);
    }

    public static object[] Load(ModelLoadContext ctx)
    {
        var models = new object[ctx.Reader.ReadInt32()];
        for (int i = 0; i < models.Length; i++)
            models[i] = ctx.Load<object>();
        return models;
    }
}
