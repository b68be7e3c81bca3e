using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>Weights that are learnt row by row. They are kept with a common factor, so that shrinking them all is cheap.</summary>
internal abstract class OnlineState
{
    private const float MaxScale = 1 << 10;
    private const float MinScale = 1 / MaxScale;

    protected OnlineState(float[] weights, float bias)
    {
        Weights = weights;
        Bias = bias;
    }

    protected float[] Weights { get; }

    protected float Scale { get; set; } = 1;

    protected float Bias { get; set; }

    public abstract void Learn(FeatureRow row, float label, float weight);

    /// <summary>Ends a pass over the rows.</summary>
    public virtual void EndPass()
    {
    }

    /// <summary>The weights and the bias of the model.</summary>
    public virtual (float[] Weights, float Bias) Result()
    {
        var result = new float[Weights.Length];
        TensorPrimitives.Multiply(Weights, Scale, result);
        return (result, Bias);
    }

    protected float Margin(FeatureRow row) => Bias + (row.Dot(Weights) * Scale);

    protected void KeepScaleInRange()
    {
        if (Math.Abs(Scale) is not (> MinScale and < MaxScale))
            FoldScale();
    }

    /// <summary>Multiplies the factor into the weights.</summary>
    protected void FoldScale()
    {
        TensorPrimitives.Multiply(Weights, Scale, Weights);
        Scale = 1;
    }
}
