using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace FeatureTransfer.Inputs.Sources;

/// <summary>What a zip's directory says of a member.</summary>
internal readonly record struct ZipEntry(string Name, int Flags, int Method, uint Checksum, long CompressedLength, long Length, long HeaderOffset);

/// <summary>The directory at the end of a zip, by PKWARE's APPNOTE 6.3, with its extension to large files (zip64).</summary>
internal static class ZipDirectory
{
    private const uint EntrySignature = 0x02014b50, HeaderSignature = 0x04034b50, EndSignature = 0x06054b50, End64Signature = 0x06064b50, Locator64Signature = 0x07064b50;
    private const int EntryLength = 46, HeaderLength = 30, EndLength = 22, End64Length = 56, Locator64Length = 20, LongestComment = ushort.MaxValue;
    private const ushort Zip64Field = 1;

    /// <summary>The entries, read as they are asked for.</summary>
    public static IEnumerable<ZipEntry> Read(SafeFileHandle file, string path)
    {
        var (offset, length) = Find(file, path);
        if (offset < 0 || length < 0 || offset > RandomAccess.GetLength(file) - length)
            throw Damaged(path);
        using var stream = new BufferedStream(new HandleStream(file, offset, length), 1 << 16);
        var fixedPart = new byte[EntryLength];
        for (var left = length; left > 0;)
        {
            if (!ReadWhole(stream, fixedPart) || U32(fixedPart, 0) != EntrySignature)
                throw Damaged(path);
            var variable = new byte[U16(fixedPart, 28) + U16(fixedPart, 30) + U16(fixedPart, 32)];
            if (!ReadWhole(stream, variable))
                throw Damaged(path);
            left -= fixedPart.Length + variable.Length;
            yield return Entry(fixedPart, variable);
        }
    }

    /// <summary>Where a member's data start, behind its own header.</summary>
    public static long DataOffset(SafeFileHandle file, ZipEntry entry)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        return entry.HeaderOffset >= 0 && RandomAccess.Read(file, header, entry.HeaderOffset) == HeaderLength && U32(header, 0) == HeaderSignature
            ? entry.HeaderOffset + HeaderLength + U16(header, 26) + U16(header, 28)
            : throw new InvalidDataException("its header is not where the directory says");
    }

    private static (long Offset, long Length) Find(SafeFileHandle file, string path)
    {
        var size = RandomAccess.GetLength(file);
        var tail = new byte[Math.Min(size, EndLength + LongestComment)];
        RandomAccess.Read(file, tail, size - tail.Length);
        for (var end = tail.Length - EndLength; end >= 0; end--)
        {
            if (U32(tail, end) != EndSignature)
                continue;
            var (length, offset) = (U32(tail, end + 12), U32(tail, end + 16));
            return offset == uint.MaxValue || length == uint.MaxValue ? Find64(file, size - tail.Length + end, path) : (offset, length);
        }

        throw Damaged(path);
    }

    private static (long Offset, long Length) Find64(SafeFileHandle file, long end, string path)
    {
        Span<byte> locator = stackalloc byte[Locator64Length];
        Span<byte> record = stackalloc byte[End64Length];
        if (end < Locator64Length || RandomAccess.Read(file, locator, end - Locator64Length) < Locator64Length || U32(locator, 0) != Locator64Signature)
            throw Damaged(path);
        if (I64(locator, 8) is var start && (start < 0 || RandomAccess.Read(file, record, start) < End64Length || U32(record, 0) != End64Signature))
            throw Damaged(path);
        return (I64(record, 48), I64(record, 40));
    }

    private static ZipEntry Entry(ReadOnlySpan<byte> part, ReadOnlySpan<byte> variable)
    {
        var (nameLength, extraLength) = (U16(part, 28), U16(part, 30));
        var name = NameOf(variable[..nameLength]).Replace('\\', '/');
        long compressed = U32(part, 20), length = U32(part, 24), offset = U32(part, 42);
        for (var extra = variable.Slice(nameLength, extraLength); extra.Length >= 4;)
        {
            var size = Math.Min(U16(extra, 2), extra.Length - 4);
            if (U16(extra, 0) == Zip64Field)
                Widen(extra.Slice(4, size), ref length, ref compressed, ref offset);
            extra = extra[(4 + size)..];
        }

        return new ZipEntry(name, U16(part, 8), U16(part, 10), U32(part, 16), compressed, length, offset);
    }

    // Programs that do not write UTF-8 write the code page of the first PCs.
    private static string NameOf(ReadOnlySpan<byte> name) => (Utf8.IsValid(name) ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(437)!).GetString(name);

    // Only those values stand in the wide field, in this order, that did not fit into the narrow one.
    private static void Widen(ReadOnlySpan<byte> field, ref long length, ref long compressed, ref long offset)
    {
        Take(ref field, ref length);
        Take(ref field, ref compressed);
        Take(ref field, ref offset);
    }

    private static void Take(ref ReadOnlySpan<byte> field, ref long value)
    {
        if (value != uint.MaxValue || field.Length < sizeof(long))
            return;
        value = I64(field, 0);
        field = field[sizeof(long)..];
    }

    private static bool ReadWhole(Stream stream, byte[] bytes) => stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    private static FeatureTransferException Damaged(string path) =>
        new($"{path}: the zip has no whole directory at its end; it was cut off, or is no zip. Copy or download it again.");
}
