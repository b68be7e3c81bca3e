using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace FeatureTransfer.Extraction;

/// <summary>
/// The index beside a segment: a header of 64 bytes (magic, the segment's id, how far it reaches, how many records, checksum of all of it),
/// then 40 bytes a record. It only saves the time to look through the segment: a missing, stale, damaged or wrong one costs that time, no
/// more, for a record is believed only when its own header and checksum say the same.
/// </summary>
internal static class SegmentIndex
{
    public const string Extension = ".index";
    private const int HeaderLength = 64, EntryLength = 40, ChecksumAt = 40;
    private static ReadOnlySpan<byte> Magic => "FTINDX02"u8;

    public static string PathOf(string segment) => Path.ChangeExtension(segment, Extension);

    /// <summary>Reads a segment's index and moves its <see cref="FeatureSegment.End"/>; null when there is none that fits.</summary>
    public static IReadOnlyList<SegmentRecord>? TryLoad(FeatureSegment segment)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(PathOf(segment.Path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        if (bytes.Length < HeaderLength || !bytes.AsSpan(0, 8).SequenceEqual(Magic) || new Guid(bytes.AsSpan(8, 16)) != segment.Id)
            return null;
        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(ChecksumAt));
        bytes.AsSpan(ChecksumAt, sizeof(uint)).Clear();
        var end = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(24));
        var count = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(32));
        if (Crc32C.Of(bytes) != checksum || bytes.Length != HeaderLength + (count * EntryLength) || end < SegmentFormat.HeaderLength || end > segment.Length)
            return null;
        var records = Entries(bytes, (int)count);
        if (Array.Exists(records, record => record.Count < 0 || record.Offset < SegmentFormat.HeaderLength || record.End > end))
            return null;
        segment.End = end;
        return records;
    }

    /// <summary>The records of a segment, by its index and what is behind that.</summary>
    public static IEnumerable<SegmentRecord> Records(FeatureSegment segment)
    {
        foreach (var record in TryLoad(segment) ?? [])
            yield return record;
        foreach (var record in segment.Scan())
            yield return record;
    }

    /// <summary>Writes the index of a segment as far as it is known; a failure is nobody's loss.</summary>
    public static void TrySave(FeatureSegment segment, IEnumerable<SegmentRecord> records)
    {
        var path = PathOf(segment.Path);
        var temporary = $"{path}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(temporary, ToBytes(segment, records));
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
        }
    }

    /// <summary>Deletes a file that may be gone, or in use where that keeps it.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It stays; the next one to clean up finds it.
        }
    }

    private static SegmentRecord[] Entries(byte[] bytes, int count)
    {
        var records = new SegmentRecord[count];
        for (var i = 0; i < count; i++)
        {
            var entry = bytes.AsSpan(HeaderLength + (i * EntryLength), EntryLength);
            records[i] = new SegmentRecord(
                MemoryMarshal.Read<UInt128>(entry),
                BinaryPrimitives.ReadInt64LittleEndian(entry[16..]),
                BinaryPrimitives.ReadInt32LittleEndian(entry[32..]),
                BinaryPrimitives.ReadInt64LittleEndian(entry[24..]));
        }

        return records;
    }

    private static byte[] ToBytes(FeatureSegment segment, IEnumerable<SegmentRecord> records)
    {
        var count = records.Count();
        var bytes = new byte[HeaderLength + (count * EntryLength)];
        Magic.CopyTo(bytes);
        segment.Id.TryWriteBytes(bytes.AsSpan(8));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), segment.End);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), count);
        var at = HeaderLength;
        foreach (var record in records)
        {
            var entry = bytes.AsSpan(at, EntryLength);
            MemoryMarshal.Write(entry, record.Key);
            BinaryPrimitives.WriteInt64LittleEndian(entry[16..], record.Offset);
            BinaryPrimitives.WriteInt64LittleEndian(entry[24..], record.Time);
            BinaryPrimitives.WriteInt32LittleEndian(entry[32..], record.Count);
            at += EntryLength;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(ChecksumAt), Crc32C.Of(bytes));
        return bytes;
    }
}
