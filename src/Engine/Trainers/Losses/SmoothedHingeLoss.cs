namespace Microsoft.ML.Trainers;

/// <summary>The hinge loss with its corner rounded.</summary>
public sealed class SmoothedHingeLoss : ISupportSdcaClassificationLoss
{
    private readonly float _smoothing;

    public SmoothedHingeLoss(float smoothingConstant = 1)
    {
        Check.Param(smoothingConstant >= 0, nameof(smoothingConstant), "Must be non-negative");
        _smoothing = smoothingConstant;
    }

    public double Loss(float output, float label)
    {
        float gap = 1 - (Truth(label) * output);
        if (gap < 0)
            return 0;
        return gap > _smoothing ? gap - (_smoothing / 2) : gap * gap / (2 * _smoothing);
    }

    public float Derivative(float output, float label)
    {
        float gap = 1 - (Truth(label) * output);
        if (gap < 0)
            return 0;
        return gap > _smoothing ? -Truth(label) : -Truth(label) * gap / _smoothing;
    }

    public float ComputeDualUpdateInvariant(float scaledFeaturesNormSquared) => 1 / (scaledFeaturesNormSquared + _smoothing);

    public float DualUpdate(float output, float label, float alpha, float invariant, int maxNumThreads)
    {
        float truth = Truth(label);
        float share = alpha * truth;
        float next = Math.Clamp(((1 - (truth * output) - (_smoothing * share)) * invariant) + share, 0, 1);
        return DualSteps.Limit((truth * next) - alpha, 0.5f, maxNumThreads);
    }

    public double DualLoss(float label, float dual)
    {
        float share = dual * Truth(label);
        return share is < 0 or > 1 ? double.NegativeInfinity : share * (1 - (_smoothing * share / 2));
    }

    private static float Truth(float label) => label > 0 ? 1 : -1;
}
