namespace FeatureTransfer.FineTuning;

/// <summary>What a random number is for: each has a stream of its own.</summary>
internal enum RandomPurpose
{
    Shuffle,
    Mixing,
    Dropout,
    Augmentation,
    Finder,
    View,
}

/// <summary>
/// Random numbers by place and not by order: the epoch and the step decide them, so that a resumed run has the same ones without any
/// state being kept.
/// </summary>
internal static class Randomness
{
    /// <summary>A generator for one place.</summary>
    public static Random At(int seed, RandomPurpose purpose, int stage, long place) => new((int)Mix(seed, purpose, stage, place));

    /// <summary>64 bits for one place, by the finalizer of SplitMix64 (Steele and others, 2014).</summary>
    public static ulong Mix(int seed, RandomPurpose purpose, long first, long second)
    {
        var mixed = Finalize((ulong)(uint)seed + ((ulong)purpose << 32));
        return Finalize(Finalize(mixed ^ (ulong)first) ^ (ulong)second);
    }

    /// <summary>A number from the beta distribution with both parameters alike.</summary>
    public static double Beta(Random random, double alpha)
    {
        var (one, other) = (Gamma(random, alpha), Gamma(random, alpha));
        return one + other > 0 ? one / (one + other) : random.Next(2);
    }

    // Marsaglia and Tsang, 2000; below 1 by way of 1 more.
    private static double Gamma(Random random, double shape)
    {
        if (shape < 1)
            return Gamma(random, shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        var d = shape - (1 / 3.0);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal(random);
            var v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
                return d * v;
        }
    }

    // Box and Muller, 1958.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static ulong Finalize(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
