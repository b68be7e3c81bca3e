using System.Formats.Tar;
using System.IO.Compression;

namespace FeatureTransfer.Inputs.Sources;

/// <summary>Reads a tar, plain or compressed by gzip, member by member as it streams by.</summary>
internal static class TarMembers
{
    private static readonly byte[] _wrongChecksum = [.. Enumerable.Repeat(byte.MaxValue, 8)];

    /// <summary>The members of a file.</summary>
    /// <exception cref="FeatureTransferException">The file is missing, no tar, or ends early.</exception>
    public static IEnumerable<ArchiveMember> Read(string path)
    {
        ArchiveFile.Open(path).Dispose();
        return Iterate(path);

        static IEnumerable<ArchiveMember> Iterate(string path)
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            foreach (var member in Read(stream, path))
                yield return member;
        }
    }

    /// <summary>The members of a stream that need not be able to seek.</summary>
    /// <param name="stream">The stream, at the first byte.</param>
    /// <param name="origin">What messages call it by.</param>
    public static IEnumerable<ArchiveMember> Read(Stream stream, string origin)
    {
        using var plain = Unzipped(stream);
        using var reader = new TarReader(plain, leaveOpen: true);
        var last = "(the start)";
        for (var position = 0L; Next(reader, origin, last) is { } entry; position++)
        {
            last = entry.Name;
            if (entry.EntryType is TarEntryType.HardLink or TarEntryType.SymbolicLink)
            {
                var (place, target) = (ArchiveMember.Place(origin, Name(entry)), entry.LinkName);
                yield return new ArchiveMember(position, Name(entry), 0, () => throw new BadInputException(place, $"the member is a link to {target}, and links in archives are not followed"));
                continue;
            }

            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile))
                continue;
            yield return new ArchiveMember(position, Name(entry), entry.Length, () => Content(entry, origin));
        }

        Drain(plain, origin, last);
    }

    // Behind its last member a compressed tar has the checksum of all of it, which is looked at when everything was read.
    private static void Drain(Stream plain, string origin, string last)
    {
        try
        {
            plain.CopyTo(Stream.Null);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw Damaged(origin, $"behind {last}", exception);
        }
    }

    private static Stream Unzipped(Stream stream)
    {
        var peeked = new PeekedStream(stream, 2);
        if (peeked.Start is not [0x1f, 0x8b])
            return peeked;

        // A file that ends within its checksum would pass: what stands in for the missing bytes is wrong, and behind a whole file it is passed over.
        peeked.Tail = _wrongChecksum;
        return new GZipStream(peeked, CompressionMode.Decompress);
    }

    private static TarEntry? Next(TarReader reader, string origin, string last)
    {
        try
        {
            return reader.GetNextEntry(copyData: false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // .NET's reader meets arbitrary bytes here, and gives up on sizes, times and texts each in its own way.
            throw Damaged(origin, $"behind {last}", exception);
        }
    }

    private static string Name(TarEntry entry) => entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;

    private static ReadOnlyMemory<byte> Content(TarEntry entry, string origin)
    {
        var place = ArchiveMember.Place(origin, Name(entry));
        if (entry.Length > ArchiveMember.MostBytes)
            throw new BadInputException(place, $"the member has {entry.Length} bytes, more than an image can have");
        try
        {
            return entry.DataStream is { } data ? GrowingContent.Read(data, (int)entry.Length) : [];
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw Damaged(origin, $"within {entry.Name}", exception);
        }
    }

    private static FeatureTransferException Damaged(string origin, string where, Exception exception) =>
        new($"{origin}: the tar is damaged or ends early, {where} ({exception.Message}) Copy or download it again; the features up to there are in the cache.", exception);
}
