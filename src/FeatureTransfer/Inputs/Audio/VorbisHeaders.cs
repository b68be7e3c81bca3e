using System.Buffers.Binary;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>
/// Holds the numbers in the headers of Vorbis (Xiph.Org, Vorbis I specification) against what is there, before the decoder believes them: a few bytes may
/// promise billions of comments, or tables of many gigabytes.
/// </summary>
internal static class VorbisHeaders
{
    private const int Headers = 3, Mark = 7, WindowsAt = 28, ShortestWindow = 6, LongestWindow = 13, CodebookSync = 0x564342;

    // An encoder's largest table has some ten thousand numbers, and all its tables together a tenth of this.
    private const long MostNumbers = 1 << 22;

    /// <summary>Looks at comments and tables.</summary>
    /// <param name="pages">The whole pages of the stream.</param>
    /// <exception cref="InvalidDataException">They promise what is not there.</exception>
    public static void Check(ReadOnlySpan<byte> pages)
    {
        var packets = OggPackets.First(pages, Headers);
        if (packets.Count < Headers || !packets[1].AsSpan().StartsWith("\u0003vorbis"u8) || !packets[2].AsSpan().StartsWith("\u0005vorbis"u8))
            throw new InvalidDataException("it has not the three headers of Vorbis");
        CheckWindows(packets[0]);
        CheckComments(packets[1].AsSpan(Mark));
        CheckCodebooks(new LowBits(packets[2].AsMemory(Mark)));
    }

    // As powers of two. Between windows of other lengths the decoder steps back, and goes round without end.
    private static void CheckWindows(ReadOnlySpan<byte> identification)
    {
        if (identification.Length <= WindowsAt)
            throw new InvalidDataException("its first header is cut short");
        var (first, second) = (identification[WindowsAt] & 15, identification[WindowsAt] >> 4);
        if (first < ShortestWindow || second < first || second > LongestWindow)
            throw new InvalidDataException($"its windows have {1 << first} and {1 << second} samples, expected 64 to 8192, and the second not shorter");
    }

    private static void CheckComments(ReadOnlySpan<byte> comments)
    {
        comments = Behind(comments);
        var count = Number(comments);
        comments = comments[sizeof(uint)..];
        for (; count > 0; count--)
            comments = Behind(comments);
    }

    private static ReadOnlySpan<byte> Behind(ReadOnlySpan<byte> text)
    {
        var length = Number(text);
        return length <= text.Length - sizeof(uint) ? text[(sizeof(uint) + (int)length)..] : throw new InvalidDataException($"a comment has {length} bytes, of {text.Length - sizeof(uint)} that are there");
    }

    private static uint Number(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : throw new InvalidDataException("its comments are cut short");

    private static void CheckCodebooks(LowBits bits)
    {
        var numbers = 0L;
        for (var books = bits.Read(8) + 1; books > 0; books--)
        {
            if (bits.Read(24) != CodebookSync)
                throw new InvalidDataException("a table in its setup does not begin as one");
            var (dimensions, entries) = (bits.Read(16), bits.Read(24));
            SkipLengths(bits, entries);
            numbers += SkipValues(bits, dimensions, entries);
            if (numbers > MostNumbers)
                throw new InvalidDataException($"the tables in its setup have {numbers} numbers and more, expected at most {MostNumbers}");
        }
    }

    // In order, how many entries have each length; else a length an entry, and none where a bit says that it is not used.
    private static void SkipLengths(LowBits bits, int entries)
    {
        if (bits.Read(1) == 1)
        {
            bits.Skip(5);
            for (var left = entries; left > 0;)
            {
                var run = bits.Read(32 - int.LeadingZeroCount(left));
                left -= run <= left ? run : throw new InvalidDataException("a table in its setup has lengths for more entries than it has");
            }

            return;
        }

        if (bits.Read(1) == 0)
        {
            bits.Skip(5L * entries);
            return;
        }

        for (; entries > 0; entries--)
            bits.Skip(bits.Read(1) == 1 ? 5 : 0);
    }

    // How many numbers the decoder makes of a table: a vector an entry, where it has any.
    private static long SkipValues(LowBits bits, int dimensions, int entries)
    {
        var kind = bits.Read(4);
        if (kind == 0)
            return entries;
        bits.Skip(64);
        var width = bits.Read(4) + 1;
        bits.Skip(1);
        var values = (long)entries * dimensions;
        bits.Skip((kind == 1 ? Root(entries, dimensions) : values) * width);
        return values;
    }

    // The largest whole number whose power is not above the entries.
    private static long Root(int entries, int dimensions)
    {
        if (dimensions == 0)
            throw new InvalidDataException("a table in its setup has vectors of no numbers");
        var root = (long)Math.Pow(entries, 1.0 / dimensions);
        while (Math.Pow(root + 1, dimensions) <= entries)
            root++;
        while (root > 0 && Math.Pow(root, dimensions) > entries)
            root--;
        return root;
    }
}
