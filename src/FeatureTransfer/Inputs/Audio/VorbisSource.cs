using NVorbis;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>Vorbis in Ogg; of several streams in one file, the first.</summary>
internal sealed class VorbisSource(ReadOnlyMemory<byte> encoded) : AudioSource
{
    private readonly VorbisReader _reader = new(Stream(Checked(encoded.Span)), closeOnDispose: true);

    public override int SampleRate => _reader.SampleRate;

    public override int Channels => _reader.Channels;

    public override int Read(Span<float> samples) => _reader.ReadSamples(samples);

    public override void Dispose() => _reader.Dispose();

    private static ReadOnlyMemory<byte> Checked(ReadOnlySpan<byte> encoded)
    {
        var pages = OggPages.Of(encoded);
        VorbisHeaders.Check(pages.Span);
        return pages;
    }
}
