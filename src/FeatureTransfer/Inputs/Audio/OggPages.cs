using System.Buffers.Binary;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>
/// Finds the whole pages of the first stream in an Ogg file (RFC 3533), so that the decoder is given these and nothing else, and an end: behind a
/// damaged page, and where no page is marked as the last one, it looks for the next without end.
/// </summary>
internal static class OggPages
{
    private const int HeaderBytes = 27, TypeAt = 5, PositionAt = 6, SerialAt = 14, ChecksumAt = 22, SegmentsAt = 26;
    private const byte Last = 4, Longest = 255;

    // A packet of Vorbis adds half of the longest window.
    private const long SamplesAPacket = 4096;
    private const uint Polynomial = 0x04C11DB7;
    private static readonly uint[] _table = [.. Enumerable.Range(0, 256).Select(value => Divided((uint)value << 24))];

    /// <summary>The pages; the last one says so.</summary>
    /// <exception cref="InvalidDataException">The first page is damaged, nothing whole comes behind it, or the end lies where no sound is.</exception>
    public static OggStream Of(ReadOnlySpan<byte> encoded)
    {
        if (Length(encoded) == 0)
            throw new InvalidDataException("its first page is damaged");
        var stream = Serial(encoded);
        var pages = new byte[encoded.Length];
        var (written, last, at, ends) = (0, 0, 0, false);
        var (before, position) = (0L, 0L);
        while (!ends && at < encoded.Length)
        {
            var length = Length(encoded[at..]);
            if (length > 0 && Serial(encoded[at..]) == stream)
            {
                encoded.Slice(at, length).CopyTo(pages.AsSpan(written));
                (last, written, ends) = (written, written + length, (encoded[at + TypeAt] & Last) != 0);
                (before, position) = (position >= 0 ? position : before, Position(encoded[at..]));
            }

            at += Math.Max(1, length);
        }

        if (last == 0)
            throw new InvalidDataException("no whole page of the same stream comes behind its first");
        return new OggStream(pages.AsMemory(0, written), before, End(pages.AsSpan(last, written - last), before));
    }

    /// <summary>The checksum of a page; its own place counts as zeros.</summary>
    public static uint Checksum(ReadOnlySpan<byte> page)
    {
        uint sum = 0;
        for (var i = 0; i < page.Length; i++)
            sum = (sum << 8) ^ _table[(byte)((sum >> 24) ^ (i is >= ChecksumAt and < SegmentsAt ? 0u : page[i]))];
        return sum;
    }

    // Of the whole page that the bytes begin with; 0 where there is none.
    private static int Length(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || !bytes.StartsWith("OggS\0"u8) || bytes.Length < HeaderBytes + bytes[SegmentsAt])
            return 0;
        var length = HeaderBytes + bytes[SegmentsAt];
        foreach (var segment in bytes.Slice(HeaderBytes, bytes[SegmentsAt]))
            length += segment;
        return length <= bytes.Length && Checksum(bytes[..length]) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]) ? length : 0;
    }

    private static uint Serial(ReadOnlySpan<byte> page) => BinaryPrimitives.ReadUInt32LittleEndian(page[SerialAt..]);

    private static long Position(ReadOnlySpan<byte> page) => BinaryPrimitives.ReadInt64LittleEndian(page[PositionAt..]);

    // A page on which no packet ends has no position, and nothing is cut.
    private static long End(Span<byte> page, long before)
    {
        page[TypeAt] |= Last;
        var packets = page.Slice(HeaderBytes, page[SegmentsAt]).Length - page.Slice(HeaderBytes, page[SegmentsAt]).Count(Longest);
        var position = packets == 0 && Position(page) == -1 ? before : Position(page);
        if (position < before || position - before > packets * SamplesAPacket)
            throw new InvalidDataException($"its last page says that the sound ends at sample {position}, and has {packets} packets behind sample {before}");
        BinaryPrimitives.WriteUInt32LittleEndian(page[ChecksumAt..], Checksum(page));
        return packets == 0 ? long.MaxValue : position;
    }

    private static uint Divided(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value & 0x80000000) != 0 ? (value << 1) ^ Polynomial : value << 1;
        return value;
    }
}
