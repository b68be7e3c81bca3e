namespace Microsoft.ML;

/// <summary>
/// Three Tausworthe generators and a linear congruential one, combined by exclusive or: L. Howes and D. Thomas,
/// "Efficient Random Number Generation and Application Using CUDA", GPU Gems 3 (2007). With one seed it gives the
/// numbers that ML.NET draws, so that splits fall alike.
/// </summary>
internal sealed class HybridRandom : Random
{
    private uint _a;
    private uint _b;
    private uint _c;
    private uint _d;

    public HybridRandom(uint seed)
    {
        _a = seed;
        _b = Murmur3.Round(_a, seed);
        _c = Murmur3.Round(_b, seed);
        _d = Murmur3.Round(_c, seed);
    }

    public override float NextSingle() => (NextBits() >> 9) * (1f / (1 << 23));

    public override double NextDouble() => NextBits() * (1.0 / (1L << 32));

    public override int Next()
    {
        uint bits = NextBits();
        return (int)(bits + (bits & 0x80000000));
    }

    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)(((ulong)NextBits() * (ulong)maxValue) >> 32);
    }

    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return (int)((long)(NextDouble() * ((long)maxValue - minValue)) + minValue);
    }

    private uint NextBits()
    {
        _a = Tausworthe(_a, 13, 19, 12, ~1u);
        _b = Tausworthe(_b, 2, 25, 4, ~7u);
        _c = Tausworthe(_c, 3, 11, 17, ~15u);
        _d = (1664525 * _d) + 1013904223;
        return _a ^ _b ^ _c ^ _d;
    }

    private static uint Tausworthe(uint z, int left, int right, int shift, uint mask) => ((z & mask) << shift) ^ (((z << left) ^ z) >> right);
}
