namespace FeatureTransfer.Tests.Inputs.Audio;

/// <summary>How much of samples is one sine, by least squares over their middle half.</summary>
internal static class SineFit
{
    /// <summary>The sine's amplitude, and the root mean square of what else there is.</summary>
    public static (double Amplitude, double Remainder) Of(ReadOnlySpan<float> samples, double hertz, int rate)
    {
        var (from, to) = (samples.Length / 4, samples.Length * 3 / 4);
        double ss = 0, cc = 0, sc = 0, ys = 0, yc = 0, rest = 0;
        for (var i = from; i < to; i++)
        {
            var (s, c) = Math.SinCos(2 * Math.PI * hertz * i / rate);
            (ss, cc, sc, ys, yc) = (ss + (s * s), cc + (c * c), sc + (s * c), ys + (samples[i] * s), yc + (samples[i] * c));
        }

        var (a, b) = (((ys * cc) - (yc * sc)) / ((ss * cc) - (sc * sc)), ((yc * ss) - (ys * sc)) / ((ss * cc) - (sc * sc)));
        for (var i = from; i < to; i++)
        {
            var (s, c) = Math.SinCos(2 * Math.PI * hertz * i / rate);
            rest += Math.Pow(samples[i] - (a * s) - (b * c), 2);
        }

        return (Math.Sqrt((a * a) + (b * b)), Math.Sqrt(rest / (to - from)));
    }
}
