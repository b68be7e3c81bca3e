using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FeatureTransfer.Extraction;

/// <summary>
/// The format of a segment: a magic number, then records of count (int32), checksum (CRC-32C of key and values), key (32 bytes), values.
/// </summary>
internal static class FeatureSegment
{
    public const string Extension = ".features";
    public const int RecordHeader = 40;
    public static ReadOnlySpan<byte> Magic => "FTFEAT01"u8;

    /// <summary>The records of a segment by key, offset and count; a torn one at the end is left out.</summary>
    public static IEnumerable<(FeatureKey Key, long Offset, int Count)> Scan(SafeFileHandle segment)
    {
        var length = RandomAccess.GetLength(segment);
        var header = new byte[RecordHeader];
        if (length < Magic.Length || RandomAccess.Read(segment, header.AsSpan(0, Magic.Length), 0) < Magic.Length || !Magic.SequenceEqual(header.AsSpan(0, Magic.Length)))
            yield break;
        for (long offset = Magic.Length; offset + RecordHeader <= length;)
        {
            RandomAccess.Read(segment, header, offset);
            var count = BinaryPrimitives.ReadInt32LittleEndian(header);
            var end = offset + RecordHeader + ((long)count * sizeof(float));
            if (count <= 0 || end > length)
                yield break;
            yield return (FeatureKey.Read(header.AsSpan(8)), offset, count);
            offset = end;
        }
    }

    /// <summary>Reads the values of a record, if its key and checksum are right.</summary>
    public static bool TryRead(SafeFileHandle segment, long offset, FeatureKey key, Span<float> values)
    {
        Span<byte> header = stackalloc byte[RecordHeader];
        var bytes = MemoryMarshal.AsBytes(values);
        return RandomAccess.Read(segment, header, offset) == RecordHeader
            && BinaryPrimitives.ReadInt32LittleEndian(header) == values.Length
            && FeatureKey.Read(header[8..]) == key
            && RandomAccess.Read(segment, bytes, offset + RecordHeader) == bytes.Length
            && BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) == Checksum(header[8..], bytes);
    }

    /// <summary>Writes the header of a record.</summary>
    public static void WriteHeader(Span<byte> header, FeatureKey key, ReadOnlySpan<float> values)
    {
        key.Write(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header, values.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Checksum(header[8..RecordHeader], MemoryMarshal.AsBytes(values)));
    }

    private static uint Checksum(ReadOnlySpan<byte> key, ReadOnlySpan<byte> values) => Crc(Crc(uint.MaxValue, key), values);

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
            crc = BitOperations.Crc32C(crc, word);
        foreach (var rest in bytes[(bytes.Length & ~7)..])
            crc = BitOperations.Crc32C(crc, rest);
        return crc;
    }
}
