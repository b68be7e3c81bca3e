namespace FeatureTransfer.Inputs.Augmentation;

/// <summary>Changes that send each level of a channel to another one: a table of 256 entries.</summary>
internal static class LevelTables
{
    /// <summary>Inverts the levels from a threshold on; 256 changes nothing.</summary>
    public static void Solarize(Span<byte> pixels, int threshold)
    {
        foreach (ref var level in pixels)
            level = level >= threshold ? (byte)(255 - level) : level;
    }

    /// <summary>Keeps the upper bits; 8 changes nothing.</summary>
    public static void Posterize(Span<byte> pixels, int bits)
    {
        var mask = (byte)(0xFF << (8 - bits));
        foreach (ref var level in pixels)
            level &= mask;
    }

    /// <summary>Stretches each channel to the full range; a channel of one level stays.</summary>
    public static void AutoContrast(Span<byte> pixels)
    {
        Span<int> counts = stackalloc int[256];
        for (var channel = 0; channel < 3; channel++)
        {
            Count(pixels, channel, counts);
            var (least, most) = (counts.IndexOfAnyExcept(0), counts.LastIndexOfAnyExcept(0));
            if (least >= most)
                continue;
            for (var i = channel; i < pixels.Length; i += 3)
                pixels[i] = (byte)Math.Round((pixels[i] - least) * 255.0 / (most - least));
        }
    }

    /// <summary>Makes each channel's levels as frequent as each other, as far as a table can; a channel of one level stays.</summary>
    public static void Equalize(Span<byte> pixels)
    {
        Span<int> counts = stackalloc int[256];
        Span<byte> table = stackalloc byte[256];
        for (var channel = 0; channel < 3; channel++)
        {
            Count(pixels, channel, counts);
            var first = counts[counts.IndexOfAnyExcept(0)];
            var others = (pixels.Length / 3) - first;
            if (others == 0)
                continue;
            // The least level becomes 0 and the largest 255; the others stand by how many pixels are not above them.
            for (int level = 0, sum = -first; level < 256; level++)
                table[level] = (byte)Math.Round(Math.Max(0, sum += counts[level]) * 255.0 / others);
            for (var i = channel; i < pixels.Length; i += 3)
                pixels[i] = table[pixels[i]];
        }
    }

    private static void Count(ReadOnlySpan<byte> pixels, int channel, Span<int> counts)
    {
        counts.Clear();
        for (var i = channel; i < pixels.Length; i += 3)
            counts[pixels[i]]++;
    }
}
