using NVorbis;
using NVorbis.Contracts;
using IPacketProvider = NVorbis.Contracts.IPacketProvider;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>
/// The packets of a stream on their way to the decoder. The last one loses its position: the decoder would cut the sound there, and goes round without
/// end where more is to be cut than that packet adds. <see cref="VorbisSource"/> cuts instead.
/// </summary>
/// <param name="packets">The packets as they lie in the file.</param>
internal sealed class VorbisPackets(IPacketProvider packets) : IPacketProvider
{
    /// <summary>Whether the decoder knows its position in the stream; before the first one that the file tells, it counts from 0.</summary>
    public bool HavePosition { get; set; }

    /// <summary>Whether the last packet has been taken.</summary>
    public bool HaveEnded { get; private set; }

    public bool CanSeek => false;

    public int StreamSerial => packets.StreamSerial;

    public IPacket? GetNextPacket() => Noted(packets.GetNextPacket());

    public IPacket? PeekNextPacket() => packets.PeekNextPacket();

    public long SeekTo(long granulePos, int preRoll, GetPacketGranuleCount getPacketGranuleCount) => throw new NotSupportedException();

    public long GetGranuleCount() => throw new NotSupportedException();

    private IPacket? Noted(IPacket? packet)
    {
        if (packet is null or { IsEndOfStream: true })
            HaveEnded = true;
        if (packet is DataPacket { IsEndOfStream: true } last)
            last.GranulePosition = null;
        if (packet is not null)
            HavePosition = packet.GranulePosition is not null || (HavePosition && !packet.IsResync);
        return packet;
    }
}
