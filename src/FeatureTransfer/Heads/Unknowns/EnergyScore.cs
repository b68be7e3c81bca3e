using System.Numerics.Tensors;

namespace FeatureTransfer.Heads;

/// <summary>
/// How unlike the training rows a row is, by its logits (Liu and others 2020, "Energy-based out-of-distribution detection", arXiv:2010.03759). A
/// threshold comes of <see cref="FiniteSampleQuantile"/> over held-out rows of known classes.
/// </summary>
public static class EnergyScore
{
    /// <summary>The energy, -T log(sum exp(logit / T)): the higher, the less known.</summary>
    /// <param name="logits">The logits of a row, see <see cref="HeadOptions.LogitsColumnName"/>; probabilities do not do.</param>
    /// <param name="temperature">T, above 0. Default 1.</param>
    /// <exception cref="ArgumentException">There are no logits.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not above 0.</exception>
    public static double Of(ReadOnlySpan<float> logits, double temperature = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        if (logits.IsEmpty)
            throw new ArgumentException("Expected one logit or more.", nameof(logits));
        var (most, sum) = (TensorPrimitives.Max(logits), 0.0);
        foreach (var logit in logits)
            sum += Math.Exp((logit - most) / temperature);
        return -most - (temperature * Math.Log(sum));
    }
}
