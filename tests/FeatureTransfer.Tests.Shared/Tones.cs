namespace FeatureTransfer.Tests.Shared;

/// <summary>Recordings that are made up.</summary>
internal static class Tones
{
    /// <summary>A tone as a WAV file of 16 bits, 16,000 samples a second.</summary>
    public static byte[] Wav(double hertz, double seconds)
    {
        const int Rate = 16000;
        var samples = (int)(Rate * seconds);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("RIFF"u8);
        writer.Write(36 + (samples * 2));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(Rate);
        writer.Write(Rate * 2);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(samples * 2);
        for (var i = 0; i < samples; i++)
            writer.Write((short)(Math.Sin(2 * Math.PI * hertz * i / Rate) * 12000));
        return stream.ToArray();
    }
}
