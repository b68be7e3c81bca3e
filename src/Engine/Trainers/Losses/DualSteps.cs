namespace Microsoft.ML.Trainers;

/// <summary>Dual updates that threads make at the same time.</summary>
internal static class DualSteps
{
    /// <summary>Cuts a large step, since other threads may take the same one.</summary>
    public static float Limit(float step, float threshold, int threads) =>
        threads >= 2 && Math.Abs(step) > threshold ? step / threads : step;
}
