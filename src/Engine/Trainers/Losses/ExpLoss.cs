namespace Microsoft.ML.Trainers;

/// <summary>The exponential of how wrong a score is.</summary>
public sealed class ExpLoss : IClassificationLoss
{
    private readonly float _beta;

    public ExpLoss(float beta = 1)
    {
        _beta = beta;
    }

    public double Loss(float output, float label) => Math.Exp(-_beta * Truth(label) * output);

    public float Derivative(float output, float label)
    {
        float scale = -_beta * Truth(label);
        return scale * MathF.Exp(scale * output);
    }

    private static float Truth(float label) => label > 0 ? 1 : -1;
}
