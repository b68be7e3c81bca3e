namespace Microsoft.ML.Trainers;

/// <summary>The loss of counts whose logarithm is predicted.</summary>
public sealed class PoissonLoss : IRegressionLoss
{
    public PoissonLoss()
    {
    }

    public double Loss(float output, float label) => Math.Exp(output) - ((double)label * output);

    public float Derivative(float output, float label) => (float)(Math.Exp(output) - label);
}
