using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Base of models that weigh the features and add them up.</summary>
public abstract class LinearModelParameters : ModelParametersBase<float>, IScalarModel
{
    private readonly float[] _weights;

    private protected LinearModelParameters(float[] weights, float bias)
    {
        _weights = weights;
        Bias = bias;
    }

    public IReadOnlyList<float> Weights => _weights;

    public float Bias { get; protected set; }

    RowMap<VBuffer<float>, float> IScalarModel.OpenScorer() => Score;

    internal ReadOnlySpan<float> WeightSpan => _weights;

    /// <summary>Turns the weighted sum into what the model gives.</summary>
    private protected virtual float Finish(float score) => score;

    private protected void Write(ModelSaveContext ctx, string kind)
    {
        ctx.Begin(kind, 1);
        ctx.Writer.WriteArray(_weights);
        ctx.Writer.Write(Bias);
    }

    private protected static (float[] Weights, float Bias) Read(ModelLoadContext ctx, string kind)
    {
        ctx.CheckVersion(kind, 1);
        return (ctx.Reader.ReadArray<float>(), ctx.Reader.ReadSingle());
    }

    private void Score(in VBuffer<float> features, ref float score) =>
        score = Finish(Bias + new FeatureRow(features.GetValues(), features.GetIndices(), features.IsDense).Dot(_weights));
}
