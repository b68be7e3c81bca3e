namespace Microsoft.ML.Trainers;

/// <summary>The negative logarithm of the label's probability under the logistic function.</summary>
public sealed class LogLoss : ISupportSdcaClassificationLoss
{
    private const double MinProbability = 1e-8;

    public LogLoss()
    {
    }

    public double Loss(float output, float label)
    {
        double probability = Sigmoid(label > 0 ? output : -output);
        return -Math.Log(Math.Max(probability, MinProbability));
    }

    public float Derivative(float output, float label)
    {
        float probability = (float)Sigmoid(output);
        return label > 0 ? probability - 1 : probability;
    }

    public float ComputeDualUpdateInvariant(float scaledFeaturesNormSquared) => 1 / Math.Max(1, 0.25f + scaledFeaturesNormSquared);

    public float DualUpdate(float output, float label, float dual, float invariant, int maxNumThreads)
    {
        float truth = label > 0 ? 1 : -1;
        float target = truth * (float)Sigmoid(-truth * output);
        return DualSteps.Limit((target - dual) * invariant, 0.5f, maxNumThreads);
    }

    public double DualLoss(float label, float dual)
    {
        double share = label > 0 ? dual : -dual;
        return share is < 0 or > 1 ? double.NegativeInfinity : -Entropy(share) - Entropy(1 - share);
    }

    internal static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double Entropy(double p) => p > 0 ? p * Math.Log(p) : 0;
}
