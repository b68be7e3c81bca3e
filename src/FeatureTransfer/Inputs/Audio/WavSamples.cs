using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
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
        (WaveFormatEncoding.Pcm, 8) => Bytes,
        (WaveFormatEncoding.Pcm, 16) => (bytes, samples) => Numbers<short>(bytes, samples, 1 / 32768f),
        (WaveFormatEncoding.Pcm, 24) => Triples,
        (WaveFormatEncoding.Pcm, 32) => (bytes, samples) => Numbers<int>(bytes, samples, 1 / 2147483648f),
        (WaveFormatEncoding.Pcm, 64) => (bytes, samples) => Numbers<long>(bytes, samples, 1 / 9223372036854775808f),
        (WaveFormatEncoding.IeeeFloat, 32) => (bytes, samples) => Numbers<float>(bytes, samples, 1),
        (WaveFormatEncoding.IeeeFloat, 64) => (bytes, samples) => Numbers<double>(bytes, samples, 1),
        (var codec, var bits) => throw new BadInputException(name, string.Create(
            CultureInfo.InvariantCulture, $"it is a WAV file of {Name(codec)} with {bits} bits a sample, which cannot be read; convert it to PCM of 8, 16, 24, 32 or 64 bits, or to floats of 32 or 64")),
    };

    // Of all whole numbers, those of 8 bits alone have no sign.
    private static void Bytes(ReadOnlySpan<byte> bytes, Span<float> samples)
    {
        Numbers<byte>(bytes, samples, 1);
        TensorPrimitives.Add(samples[..bytes.Length], -128, samples);
        TensorPrimitives.Multiply(samples[..bytes.Length], 1 / 128f, samples);
    }

    private static void Triples(ReadOnlySpan<byte> bytes, Span<float> samples)
    {
        for (var i = 0; i < bytes.Length / 3; i++)
            samples[i] = ((bytes[3 * i] << 8) | (bytes[(3 * i) + 1] << 16) | (bytes[(3 * i) + 2] << 24)) / 2147483648f;
    }

    private static void Numbers<T>(ReadOnlySpan<byte> bytes, Span<float> samples, float factor)
        where T : unmanaged, INumberBase<T>
    {
        var numbers = MemoryMarshal.Cast<byte, T>(bytes);
        TensorPrimitives.ConvertTruncating(numbers, samples);
        TensorPrimitives.Multiply(samples[..numbers.Length], factor, samples);
    }

    // An extensible format has the codec's number in its subformat, behind the valid bits and the places of the channels.
    private static WaveFormatEncoding Codec(WaveFormat format) =>
        format is WaveFormatExtraData { Encoding: WaveFormatEncoding.Extensible, ExtraData: [_, _, _, _, _, _, var low, var high, ..] }
            ? (WaveFormatEncoding)(low | (high << 8))
            : format.Encoding;

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
