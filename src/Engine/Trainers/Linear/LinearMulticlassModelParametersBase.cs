using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Base of linear models with one weight vector and one bias for each class.</summary>
public abstract class LinearMulticlassModelParametersBase : ModelParametersBase<VBuffer<float>>, IVectorModel
{
    /// <summary>Figures of the training, where they were asked for.</summary>
    public readonly ModelStatisticsBase? Statistics;

    private readonly float[] _biases;
    private readonly float[] _weights;

    // Weights lie as (classes, features).
    private protected LinearMulticlassModelParametersBase(float[] biases, float[] weights, ModelStatisticsBase? statistics = null)
    {
        _biases = biases;
        _weights = weights;
        FeatureCount = weights.Length / biases.Length;
        Statistics = statistics;
    }

    internal int FeatureCount { get; }

    int IVectorModel.ScoreCount => _biases.Length;

    public void GetWeights(ref VBuffer<float>[] weights, out int numClasses)
    {
        numClasses = _biases.Length;
        if (weights is null || weights.Length < numClasses)
            weights = new VBuffer<float>[numClasses];
        for (int k = 0; k < numClasses; k++)
            VBuffer<float>.Copy(_weights, k * FeatureCount, ref weights[k], FeatureCount);
    }

    public IEnumerable<float> GetBiases() => _biases;

    RowMap<VBuffer<float>, VBuffer<float>> IVectorModel.OpenScorer() => Score;

    /// <summary>All weights, (classes, features).</summary>
    internal ReadOnlySpan<float> AllWeights => _weights;

    internal ReadOnlySpan<float> ClassWeights(int k) => _weights.AsSpan(k * FeatureCount, FeatureCount);

    /// <summary>Turns linear scores into what the model gives.</summary>
    private protected virtual void Finish(Span<float> scores)
    {
    }

    private protected void Write(ModelSaveContext ctx, string kind)
    {
        ctx.Begin(kind, 1);
        ctx.Writer.WriteArray(_biases);
        ctx.Writer.WriteArray(_weights);
        ctx.Writer.Write(Statistics is not null);
        if (Statistics is not null)
            ctx.Save(Statistics);
    }

    private protected static (float[] Biases, float[] Weights, ModelStatisticsBase? Statistics) Read(ModelLoadContext ctx, string kind)
    {
        ctx.CheckVersion(kind, 1);
        return (ctx.Reader.ReadArray<float>(), ctx.Reader.ReadArray<float>(), ctx.Reader.ReadBoolean() ? ctx.Load<ModelStatisticsBase>() : null);
    }

    private void Score(in VBuffer<float> features, ref VBuffer<float> scores)
    {
        var editor = VBufferEditor.Create(ref scores, _biases.Length);
        var row = new FeatureRow(features.GetValues(), features.GetIndices(), features.IsDense);
        for (int k = 0; k < _biases.Length; k++)
            editor.Values[k] = _biases[k] + row.Dot(ClassWeights(k));
        Finish(editor.Values);
        scores = editor.Commit();
    }
}
