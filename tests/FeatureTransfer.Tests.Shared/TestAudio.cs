namespace FeatureTransfer.Tests.Shared;

/// <summary>Recordings made in memory.</summary>
internal static class TestAudio
{
    private static readonly byte[] _subformat = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    /// <summary>A sine.</summary>
    public static float[] Sine(double hertz, int rate, int samples, double amplitude = 0.5) =>
        [.. Enumerable.Range(0, samples).Select(i => (float)(amplitude * Math.Sin(2 * Math.PI * hertz * i / rate)))];

    /// <summary>The content of a WAV file.</summary>
    /// <param name="samples">From -1 to 1, the channels in turn.</param>
    /// <param name="rate">Samples a second.</param>
    /// <param name="channels">How many there are.</param>
    /// <param name="bits">Of a sample: 8, 16, 24, 32 or 64.</param>
    /// <param name="isFloat">Whether samples are floats.</param>
    /// <param name="isExtensible">Whether the header is the long one.</param>
    public static byte[] Wav(ReadOnlySpan<float> samples, int rate = 16000, int channels = 1, int bits = 16, bool isFloat = false, bool isExtensible = false)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        var size = samples.Length * bits / 8;
        var codec = (short)(isFloat ? 3 : 1);
        writer.Write("RIFF"u8);
        writer.Write(size + (isExtensible ? 60 : 36));
        writer.Write("WAVEfmt "u8);
        writer.Write(isExtensible ? 40 : 16);
        writer.Write(isExtensible ? (short)-2 : codec);
        writer.Write((short)channels);
        writer.Write(rate);
        writer.Write(rate * channels * bits / 8);
        writer.Write((short)(channels * bits / 8));
        writer.Write((short)bits);
        if (isExtensible)
        {
            writer.Write((short)22);
            writer.Write((short)bits);
            writer.Write(0);
            writer.Write(codec);
            writer.Write(_subformat);
        }

        writer.Write("data"u8);
        writer.Write(size);
        foreach (var sample in samples)
            Write(writer, sample, bits, isFloat);
        return memory.ToArray();
    }

    private static void Write(BinaryWriter writer, float sample, int bits, bool isFloat)
    {
        if (isFloat && bits == 64)
            writer.Write((double)sample);
        else if (isFloat)
            writer.Write(sample);
        else if (bits == 8)
            writer.Write((byte)Math.Clamp(Math.Round(sample * 128) + 128, 0, 255));
        else
            writer.Write(BitConverter.GetBytes((long)Math.Clamp(Math.Round(sample * Math.Pow(2, bits - 1)), -Math.Pow(2, bits - 1), Math.BitDecrement(Math.Pow(2, bits - 1)))).AsSpan(0, bits / 8));
    }
}
