using System.Buffers.Binary;
using NAudio.Wave;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>Makes floats of -1 to 1 of the samples in a WAV file.</summary>
internal static class WavSamples
{
    /// <summary>Converts little-endian samples.</summary>
    public delegate void Converter(ReadOnlySpan<byte> bytes, Span<float> samples);

    /// <summary>The converter for a format.</summary>
    /// <exception cref="BadInputException">The codec, or the number of bits, is another.</exception>
    public static Converter For(WaveFormat format, string name) => (Codec(format), format.BitsPerSample) switch
    {
        (WaveFormatEncoding.Pcm, 8) => (bytes, samples) => Convert(bytes, samples, 1, sample => (sample[0] - 128) / 128f),
        (WaveFormatEncoding.Pcm, 16) => (bytes, samples) => Convert(bytes, samples, 2, sample => BinaryPrimitives.ReadInt16LittleEndian(sample) / 32768f),
        (WaveFormatEncoding.Pcm, 24) => (bytes, samples) => Convert(bytes, samples, 3, sample => ((sample[0] << 8) | (sample[1] << 16) | (sample[2] << 24)) / 2147483648f),
        (WaveFormatEncoding.Pcm, 32) => (bytes, samples) => Convert(bytes, samples, 4, sample => BinaryPrimitives.ReadInt32LittleEndian(sample) / 2147483648f),
        (WaveFormatEncoding.Pcm, 64) => (bytes, samples) => Convert(bytes, samples, 8, sample => BinaryPrimitives.ReadInt64LittleEndian(sample) / 9223372036854775808f),
        (WaveFormatEncoding.IeeeFloat, 32) => (bytes, samples) => Convert(bytes, samples, 4, BinaryPrimitives.ReadSingleLittleEndian),
        (WaveFormatEncoding.IeeeFloat, 64) => (bytes, samples) => Convert(bytes, samples, 8, sample => (float)BinaryPrimitives.ReadDoubleLittleEndian(sample)),
        (var codec, var bits) => throw new BadInputException(name, string.Create(
            CultureInfo.InvariantCulture, $"it is a WAV file of {Name(codec)} with {bits} bits a sample, which cannot be read; convert it to PCM of 8, 16, 24, 32 or 64 bits, or to floats of 32 or 64")),
    };

    private static void Convert(ReadOnlySpan<byte> bytes, Span<float> samples, int size, Func<ReadOnlySpan<byte>, float> sample)
    {
        for (var i = 0; i < bytes.Length / size; i++)
            samples[i] = sample(bytes.Slice(i * size, size));
    }

    // An extensible format has the codec's number in the first bytes of its subformat.
    private static WaveFormatEncoding Codec(WaveFormat format) =>
        format is WaveFormatExtensible extensible ? (WaveFormatEncoding)BinaryPrimitives.ReadUInt16LittleEndian(extensible.SubFormat.ToByteArray()) : format.Encoding;

    private static string Name(WaveFormatEncoding codec) => codec switch
    {
        WaveFormatEncoding.Pcm => "PCM",
        WaveFormatEncoding.IeeeFloat => "floats",
        WaveFormatEncoding.ALaw => "A-law",
        WaveFormatEncoding.MuLaw => "mu-law",
        WaveFormatEncoding.Adpcm => "ADPCM",
        WaveFormatEncoding.Gsm610 => "GSM 6.10",
        WaveFormatEncoding.MpegLayer3 => "MP3",
        _ => string.Create(CultureInfo.InvariantCulture, $"codec {(int)codec} ({codec})"),
    };
}
