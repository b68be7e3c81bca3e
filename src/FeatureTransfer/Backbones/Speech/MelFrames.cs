using System.Numerics;
using FeatureTransfer.Inputs.Audio;

namespace FeatureTransfer.Backbones.Speech;

/// <summary>How a window is cut into frames for a spectrum, and the weights that make one.</summary>
internal sealed class MelFrames
{
    private readonly int _rate;

    private MelFrames(AudioPreprocessing preprocessing, int steps)
    {
        _rate = preprocessing.SampleRate;
        var samples = preprocessing.WindowSamples;
        PerStep = Math.Max(1, (int)Math.Round(samples / (steps * (_rate / 100.0))));
        Hop = samples / (steps * PerStep);
        Length = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2 * Hop, 16));
        Padding = Math.Max(0, ((steps * PerStep) - 1) * Hop + Length - samples);
    }

    /// <summary>Frames that are averaged to a step.</summary>
    public int PerStep { get; }

    /// <summary>Samples from the beginning of one frame to that of the next: about 10 ms.</summary>
    public int Hop { get; }

    /// <summary>Samples of a frame, a power of 2.</summary>
    public int Length { get; }

    /// <summary>Zeros before and behind the window, together.</summary>
    public int Padding { get; }

    /// <summary>Frequencies of a frame's spectrum.</summary>
    public int Bins => (Length / 2) + 1;

    public static MelFrames Of(AudioPreprocessing preprocessing, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, preprocessing.WindowSamples / 16, nameof(steps));
        return new MelFrames(preprocessing, steps);
    }

    /// <summary>Cosines, then sines, of every frequency under a Hann window: (2 * bins, length). A sine of full scale has a power of 1.</summary>
    public float[] Basis(float scale)
    {
        var basis = new float[2 * Bins * Length];
        var unit = 4.0 / (Length * (double)scale);
        for (var bin = 0; bin < Bins; bin++)
        {
            for (var i = 0; i < Length; i++)
            {
                var (sine, cosine) = Math.SinCos(2 * Math.PI * ((long)bin * i % Length) / Length);
                var weight = unit * (0.5 - (0.5 * Math.Cos(2 * Math.PI * i / Length)));
                basis[(bin * Length) + i] = (float)(weight * cosine);
                basis[((Bins + bin) * Length) + i] = (float)(weight * sine);
            }
        }

        return basis;
    }

    /// <summary>Triangles of equal width on the mel scale, the same for the squares of cosines and sines: (bands, 2 * bins).</summary>
    public float[] Filters(int bands)
    {
        var filters = new float[bands * 2 * Bins];
        var top = ToMel(_rate / 2.0);
        for (var band = 0; band < bands; band++)
        {
            var (low, middle, high) = (ToHertz(top * band / (bands + 1)), ToHertz(top * (band + 1) / (bands + 1)), ToHertz(top * (band + 2) / (bands + 1)));
            for (var bin = 0; bin < Bins; bin++)
            {
                var frequency = (double)bin * _rate / Length;
                var weight = (float)Math.Max(0, Math.Min((frequency - low) / (middle - low), (high - frequency) / (high - middle)));
                filters[(band * 2 * Bins) + bin] = filters[(((band * 2) + 1) * Bins) + bin] = weight;
            }
        }

        return filters;
    }

    // O'Shaughnessy's formula of 1987, which speech toolkits share.
    private static double ToMel(double hertz) => 2595 * Math.Log10(1 + (hertz / 700));

    private static double ToHertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
}
