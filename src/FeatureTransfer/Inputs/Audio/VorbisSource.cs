using NVorbis;
using NVorbis.Ogg;
using IPacketProvider = NVorbis.Contracts.IPacketProvider;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>Vorbis in Ogg; of several streams in one file, the first. The sound ends where its last page says, or before it.</summary>
internal sealed class VorbisSource : AudioSource
{
    private readonly ContainerReader _container;
    private readonly VorbisPackets _packets;
    private readonly StreamDecoder _decoder;
    private readonly long _end;
    private bool _isCut;

    public VorbisSource(ReadOnlyMemory<byte> encoded)
    {
        var stream = OggPages.Of(encoded.Span);
        VorbisHeaders.Check(stream.Pages.Span);
        _end = stream.End;
        _container = new ContainerReader(Stream(stream.Pages), closeOnDispose: true);
        _packets = new VorbisPackets(First(_container));
        _decoder = new StreamDecoder(_packets);

        // Where no other page tells a position, the count from 0 is the position.
        _packets.HavePosition = stream.Before == 0;
    }

    public override int SampleRate => _decoder.SampleRate;

    public override int Channels => _decoder.Channels;

    public override int Read(Span<float> samples)
    {
        if (_isCut)
            return 0;
        var frames = _decoder.Read(samples, 0, samples.Length) / Channels;
        _isCut = (_packets.HavePosition || _packets.HaveEnded) && _decoder.SamplePosition > _end;
        return Channels * (int)(_isCut ? Math.Max(0, frames - (_decoder.SamplePosition - _end)) : frames);
    }

    public override void Dispose()
    {
        _decoder.Dispose();
        _container.Dispose();
    }

    private static IPacketProvider First(ContainerReader container)
    {
        IPacketProvider? first = null;
        container.NewStreamCallback = found =>
        {
            first ??= found;
            return true;
        };
        return container.TryInit() && first is not null ? first : throw new InvalidDataException("it has no stream");
    }
}
