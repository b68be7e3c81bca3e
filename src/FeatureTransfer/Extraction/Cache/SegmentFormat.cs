using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace FeatureTransfer.Extraction;

/// <summary>
/// The format of a segment, little-endian. A header of 64 bytes: magic, scope (32), id (16), 4 spare, checksum of what is before it.
/// Then records, each at a multiple of 4: mark (4), count of values (4), checksum of the values (4), checksum of the header (4),
/// content hash (32), time (8, Unix milliseconds), the values. Checksums are CRC-32C. The header of a record has a
/// checksum of its own, so that a length is known to be right before it is followed, and what lies behind damage is found by the next mark.
/// </summary>
internal static class SegmentFormat
{
    public const string Extension = ".features";
    public const int HeaderLength = 64;
    public const int RecordHeaderLength = 56;
    public const int Alignment = sizeof(float);
    private const uint Mark = 0x43525446;
    private static ReadOnlySpan<byte> Magic => "FTFEAT02"u8;

    /// <summary>The bytes of a record with its header.</summary>
    public static long RecordLength(int count) => RecordHeaderLength + ((long)count * sizeof(float));

    public static void WriteHeader(Span<byte> header, Hash256 scope, Guid id)
    {
        header.Clear();
        Magic.CopyTo(header);
        scope.Write(header[8..]);
        id.TryWriteBytes(header[40..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[60..], Crc32C.Of(header[..60]));
    }

    /// <summary>Reads a segment's header, if it is one and of this scope.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> header, Hash256 scope, out Guid id)
    {
        id = default;
        if (!header[..8].SequenceEqual(Magic) || BinaryPrimitives.ReadUInt32LittleEndian(header[60..]) != Crc32C.Of(header[..60]) || Hash256.Read(header[8..]) != scope)
            return false;
        id = new Guid(header[40..56]);
        return true;
    }

    public static void WriteRecordHeader(Span<byte> header, Hash256 content, long time, ReadOnlySpan<float> values)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], values.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Crc32C.Of(MemoryMarshal.AsBytes(values)));
        content.Write(header[16..]);
        BinaryPrimitives.WriteInt64LittleEndian(header[48..], time);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], HeaderChecksum(header));
    }

    /// <summary>Reads the header of a record, if it is whole.</summary>
    public static bool TryReadRecordHeader(ReadOnlySpan<byte> header, out RecordHeader record)
    {
        record = default;
        var count = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != Mark || count < 0 || BinaryPrimitives.ReadUInt32LittleEndian(header[12..]) != HeaderChecksum(header))
            return false;
        record = new RecordHeader(Hash256.Read(header[16..]), count, BinaryPrimitives.ReadInt64LittleEndian(header[48..]), BinaryPrimitives.ReadUInt32LittleEndian(header[8..]));
        return true;
    }

    private static uint HeaderChecksum(ReadOnlySpan<byte> header) => ~Crc32C.Continue(Crc32C.Continue(uint.MaxValue, header[..12]), header[16..RecordHeaderLength]);
}

/// <summary>What the header of a record says.</summary>
internal readonly record struct RecordHeader(Hash256 Content, int Count, long Time, uint Checksum)
{
    /// <summary>Whether values are those that were written.</summary>
    public bool Fits(ReadOnlySpan<float> values) => values.Length == Count && Crc32C.Of(MemoryMarshal.AsBytes(values)) == Checksum;
}
