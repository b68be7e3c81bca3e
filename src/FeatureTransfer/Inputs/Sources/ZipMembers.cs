using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace FeatureTransfer.Inputs.Sources;

/// <summary>
/// Reads a zip member by member, the directory at its end as a stream: memory stays flat however many members there are, where
/// <see cref="ZipArchive"/> holds an object for each.
/// </summary>
internal static class ZipMembers
{
    private const int Stored = 0, Deflated = 8, Encrypted = 1;

    /// <summary>The members in the order of the directory; folders are none.</summary>
    /// <exception cref="FeatureTransferException">The file is missing or no zip.</exception>
    public static IEnumerable<ArchiveMember> Read(string path)
    {
        using var file = ArchiveFile.Open(path);
        var position = 0L;
        foreach (var entry in ZipDirectory.Read(file, path))
        {
            if (!entry.Name.EndsWith('/'))
                yield return new ArchiveMember(position, entry.Name, entry.Length, () => Content(file, path, entry));
            position++;
        }
    }

    private static ReadOnlyMemory<byte> Content(SafeFileHandle file, string path, ZipEntry entry)
    {
        var place = ArchiveMember.Place(path, entry.Name);
        if ((entry.Flags & Encrypted) != 0)
            throw new BadInputException(place, "the member is encrypted");
        if (entry.Length > ArchiveMember.MostBytes)
            throw new BadInputException(place, $"the member has {entry.Length} bytes, more than an image can have");
        if (entry.Length < 0 || entry.CompressedLength < 0)
            throw new BadInputException(place, "the member is damaged: the directory says that it has fewer than 0 bytes");
        try
        {
            var content = entry.Method switch
            {
                Stored => ReadExactly(file, ZipDirectory.DataOffset(file, entry), entry.Length),
                Deflated => Inflate(ReadExactly(file, ZipDirectory.DataOffset(file, entry), entry.CompressedLength), (int)entry.Length),
                _ => throw new BadInputException(place, $"the member is compressed by method {entry.Method}; expected stored or deflated"),
            };
            return Crc32.Of(content) == entry.Checksum ? content : throw new InvalidDataException("its checksum is wrong");
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw new BadInputException(place, $"the member is damaged: {exception.Message}", exception);
        }
    }

    private static byte[] ReadExactly(SafeFileHandle file, long offset, long length)
    {
        if (length > ArchiveMember.MostBytes || offset > RandomAccess.GetLength(file) - length)
            throw new InvalidDataException("its data reach beyond the end of the file");
        var bytes = new byte[length];
        for (var read = 0; read < bytes.Length;)
        {
            var more = RandomAccess.Read(file, bytes.AsSpan(read), offset + read);
            read += more > 0 ? more : throw new EndOfStreamException("the file ends within it");
        }

        return bytes;
    }

    private static byte[] Inflate(byte[] compressed, int length)
    {
        using var stream = new DeflateStream(new MemoryStream(compressed), CompressionMode.Decompress);
        return GrowingContent.Read(stream, length);
    }
}
