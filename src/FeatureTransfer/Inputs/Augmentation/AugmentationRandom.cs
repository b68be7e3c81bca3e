namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>
/// The random numbers of one operation on one image, SplitMix64 (Steele, Lea and Flood 2014): the same on every machine and for ever,
/// which <see cref="Random"/> does not promise.
/// </summary>
internal sealed class AugmentationRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>From 0 to below 1.</summary>
    public double Next() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From one number to another.</summary>
    public double Uniform(double from, double to) => from + ((to - from) * Next());

    /// <summary>From one number to another, so that ratios and their inverses are as likely.</summary>
    public double LogUniform(double from, double to) => Math.Exp(Uniform(Math.Log(from), Math.Log(to)));

    /// <summary>A whole number from 0 to below another.</summary>
    public int Below(int end) => (int)(Next() * end);

    /// <summary>Whether something of that probability comes about.</summary>
    public bool Chance(double probability) => Next() < probability;

    /// <summary>1 or -1.</summary>
    public int Sign() => (Bits() >> 63) == 0 ? 1 : -1;

    /// <summary>A number of the standard normal distribution (Box and Muller 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Next())) * Math.Cos(2 * Math.PI * Next());

    /// <summary>Puts things in random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> things)
    {
        for (var i = things.Length - 1; i > 0; i--)
        {
            var other = Below(i + 1);
            (things[i], things[other]) = (things[other], things[i]);
        }
    }

    private ulong Bits()
    {
        var bits = AugmentationSeed.Mix(_state, 0);
        _state += 0x9E3779B97F4A7C15;
        return bits;
    }
}
