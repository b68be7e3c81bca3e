namespace Microsoft.ML.Trainers;

/// <summary>How far a score falls short of the margin.</summary>
public sealed class HingeLoss : ISupportSdcaClassificationLoss
{
    private readonly float _margin;

    public HingeLoss(float margin = 1)
    {
        _margin = margin;
    }

    public double Loss(float output, float label) => Math.Max(0, _margin - (Truth(label) * output));

    public float Derivative(float output, float label) => _margin > Truth(label) * output ? -Truth(label) : 0;

    public float ComputeDualUpdateInvariant(float scaledFeaturesNormSquared) => 1 / scaledFeaturesNormSquared;

    public float DualUpdate(float output, float label, float alpha, float invariant, int maxNumThreads)
    {
        float truth = Truth(label);
        float share = Math.Clamp(((_margin - (truth * output)) * invariant) + (alpha * truth), 0, 1);
        return DualSteps.Limit((truth * share) - alpha, 0.5f, maxNumThreads);
    }

    public double DualLoss(float label, float dual)
    {
        float share = dual * Truth(label);
        return share is < 0 or > 1 ? double.NegativeInfinity : _margin * share;
    }

    private static float Truth(float label) => label > 0 ? 1 : -1;
}
