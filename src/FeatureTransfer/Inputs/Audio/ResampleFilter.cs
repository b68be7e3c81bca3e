using System.Collections.Concurrent;
using System.Numerics;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>
/// The low-pass filter between two rates, a sinc under a Kaiser window, as one set of weights for each place that an output sample can have
/// between two input samples.
/// </summary>
internal sealed class ResampleFilter
{
    // Crossings of zero on each side, and the window's shape: what aliases is 80 dB down, what is kept reaches 0.89 of the band.
    private const int Crossings = 48;
    private const double Beta = 8, Rolloff = 0.945;

    // The usual rates need 640 places at most. Odd ones are rounded to these, which costs 1/8192 of a sample in time.
    private const int MaxPhases = 4096;
    private const int MaxKept = 16;

    private static readonly ConcurrentDictionary<(int From, int To), ResampleFilter> _kept = new();
    private readonly float[] _weights;

    private ResampleFilter(int from, int to)
    {
        var common = (int)BigInteger.GreatestCommonDivisor(from, to);
        (Up, Down) = (to / common, from / common);
        Phases = Math.Min(Up, MaxPhases);
        var cutoff = Rolloff * Math.Min(1, (double)to / from);
        Reach = (int)Math.Ceiling(Crossings / cutoff);
        _weights = new float[Phases * Taps];
        for (var phase = 0; phase < Phases; phase++)
            Fill(_weights.AsSpan(phase * Taps, Taps), (double)phase / Phases, cutoff);
    }

    /// <summary>The ratio of the rates: the output has <see cref="Up"/> samples where the input has <see cref="Down"/>.</summary>
    public int Up { get; }

    /// <inheritdoc cref="Up"/>
    public int Down { get; }

    /// <summary>Places between two input samples.</summary>
    public int Phases { get; }

    /// <summary>Input samples that count on each side.</summary>
    public int Reach { get; }

    /// <summary>Input samples that make one output sample; the first lies <see cref="Reach"/> - 1 before the one at or before the output's time.</summary>
    public int Taps => 2 * Reach;

    /// <summary>The weights of a place.</summary>
    public ReadOnlySpan<float> this[int phase] => _weights.AsSpan(phase * Taps, Taps);

    /// <summary>The filter between two rates.</summary>
    public static ResampleFilter Of(int from, int to)
    {
        if (_kept.TryGetValue((from, to), out var kept))
            return kept;
        var filter = new ResampleFilter(from, to);

        // A few rates serve a whole data set; strange ones must not fill the memory.
        if (_kept.Count < MaxKept)
            _kept.TryAdd((from, to), filter);
        return filter;
    }

    private void Fill(Span<float> weights, double place, double cutoff)
    {
        var sum = 0.0;
        Span<double> exact = new double[Taps];
        for (var i = 0; i < Taps; i++)
        {
            var distance = i - (Reach - 1) - place;
            sum += exact[i] = Sinc(cutoff * distance) * Kaiser(distance / Reach);
        }

        // So that a constant stays what it is.
        for (var i = 0; i < Taps; i++)
            weights[i] = (float)(exact[i] / sum);
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Kaiser(double x) => Math.Abs(x) >= 1 ? 0 : Bessel(Beta * Math.Sqrt(1 - (x * x)));

    // The modified Bessel function of the first kind and order 0, by its power series.
    private static double Bessel(double x)
    {
        double sum = 1, term = 1;
        for (var k = 1; term > sum * 1e-12; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
