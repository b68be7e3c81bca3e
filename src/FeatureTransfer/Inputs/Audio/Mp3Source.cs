using NLayer;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>MPEG audio, layers 1 to 3.</summary>
internal sealed class Mp3Source(ReadOnlyMemory<byte> encoded) : AudioSource
{
    private readonly MpegFile _file = new(Stream(encoded));

    public override int SampleRate => _file.SampleRate;

    public override int Channels => _file.Channels;

    public override int Read(Span<float> samples) => _file.ReadSamples(samples);

    public override void Dispose() => _file.Dispose();
}
