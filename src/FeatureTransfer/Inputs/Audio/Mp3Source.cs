using NLayer;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>MPEG audio, layers 1 to 3.</summary>
internal sealed class Mp3Source(ReadOnlyMemory<byte> encoded) : AudioSource
{
    private readonly MpegFile _file = new(Stream(Mp3Frames.Of(Tagless(encoded).Span)));

    public override int SampleRate => _file.SampleRate;

    public override int Channels => _file.Channels;

    public override int Read(Span<float> samples) => _file.ReadSamples(samples);

    public override void Dispose() => _file.Dispose();

    // A tag may hold a picture, and that anything.
    private static ReadOnlyMemory<byte> Tagless(ReadOnlyMemory<byte> encoded)
    {
        while (encoded.Span is [(byte)'I', (byte)'D', (byte)'3', _, _, var flags, var a, var b, var c, var d, ..])
        {
            var tag = 10 + ((a & 127) << 21) + ((b & 127) << 14) + ((c & 127) << 7) + (d & 127) + ((flags & 0x10) == 0 ? 0 : 10);
            if (tag >= encoded.Length)
                throw new InvalidDataException($"its ID3 tag says that it has {tag} bytes, of {encoded.Length} in the file");
            encoded = encoded[tag..];
        }

        return encoded;
    }
}
