using NAudio.Wave;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>WAV of whole numbers or floats.</summary>
internal sealed class WavSource : AudioSource
{
    private readonly WaveFileReader _reader;
    private readonly WavSamples.Converter _convert;
    private readonly int _bytes;
    private readonly string _name;
    private byte[] _buffer = [];
    private long _read;

    public WavSource(ReadOnlyMemory<byte> encoded, string name)
    {
        _reader = new WaveFileReader(Stream(encoded));
        _name = name;
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
        var count = _reader.Read(_buffer.AsSpan(0, samples.Length * _bytes));
        _read += count;
        if (count == 0)
            CheckEnd();
        count /= _bytes;
        _convert(_buffer.AsSpan(0, count * _bytes), samples);
        return count;
    }

    public override void Dispose() => _reader.Dispose();

    private void CheckEnd()
    {
        if (_read < _reader.Length)
            throw new BadInputException(_name, $"the WAV data is cut short: its header says {_reader.Length} bytes of samples, {_read} are there");
    }
}
