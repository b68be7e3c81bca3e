using System.Buffers.Binary;
using NAudio.Wave;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>WAV of whole numbers or floats.</summary>
internal sealed class WavSource : AudioSource
{
    private const long Unknown = 0x7FFFFF00;
    private readonly WaveFileReader _reader;
    private readonly WavSamples.Converter _convert;
    private readonly int _bytes;
    private byte[] _buffer = [];

    public WavSource(ReadOnlyMemory<byte> encoded, string name)
    {
        CheckLength(encoded.Span, name);
        _reader = new WaveFileReader(Stream(encoded));
        var format = _reader.WaveFormat;
        _convert = WavSamples.For(format, name);
        _bytes = format.BitsPerSample / 8;
        if (format.BlockAlign != format.Channels * _bytes)
            throw new BadInputException(name, $"its header says {format.BlockAlign} bytes for {format.Channels} samples of {format.BitsPerSample} bits, expected {format.Channels * _bytes}");
    }

    public override int SampleRate => _reader.WaveFormat.SampleRate;

    public override int Channels => _reader.WaveFormat.Channels;

    public override int Read(Span<float> samples)
    {
        if (_buffer.Length < samples.Length * _bytes)
            _buffer = new byte[samples.Length * _bytes];
        var count = _reader.Read(_buffer.AsSpan(0, samples.Length * _bytes)) / _bytes;
        _convert(_buffer.AsSpan(0, count * _bytes), samples);
        return count;
    }

    public override void Dispose() => _reader.Dispose();

    // NAudio takes what there is for what was promised. A length near the largest is that of a stream whose end was not known.
    private static void CheckLength(ReadOnlySpan<byte> encoded, string name)
    {
        long size;
        for (var at = 12L; at + 8 <= encoded.Length; at += 8 + size + (size & 1))
        {
            var header = encoded.Slice((int)at, 8);
            size = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            if (header.StartsWith("data"u8) && size < Unknown && size > encoded.Length - at - 8)
                throw new BadInputException(name, $"the WAV data is cut short: its header says {size} bytes of samples, {encoded.Length - at - 8} are there");
        }
    }
}
