using System.Numerics.Tensors;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>Brings a recording to its level and scale.</summary>
internal static class AudioLevel
{
    /// <summary>Normalizes and scales in place.</summary>
    public static void Apply(Span<float> samples, AudioPreprocessing settings)
    {
        var factor = (float)(Gain(samples, settings) * settings.Scale);
        if (factor != 1)
            TensorPrimitives.Multiply(samples, factor, samples);
    }

    /// <summary>The root mean square.</summary>
    public static double RootMeanSquare(ReadOnlySpan<float> samples)
    {
        // In double precision: a long recording has millions of small squares.
        var sum = 0.0;
        foreach (var sample in samples)
            sum += (double)sample * sample;
        return Math.Sqrt(sum / samples.Length);
    }

    private static double Gain(ReadOnlySpan<float> samples, AudioPreprocessing settings)
    {
        var (level, target) = settings.Normalization switch
        {
            AudioNormalization.Peak => (Math.Abs((double)TensorPrimitives.MaxMagnitude(samples)), settings.PeakLevel),
            AudioNormalization.Loudness => (RootMeanSquare(samples), settings.LoudnessLevel),
            _ => (1.0, 1.0),
        };

        // Below the last bit of a 32-bit recording there is nothing to be made louder.
        return level > 1.0 / (1L << 32) ? target / level : 1;
    }
}
