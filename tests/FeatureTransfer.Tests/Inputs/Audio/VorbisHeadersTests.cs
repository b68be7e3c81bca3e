using System.Buffers.Binary;
using FeatureTransfer.Inputs.Audio;

namespace FeatureTransfer.Tests.Inputs.Audio;

public class VorbisHeadersTests
{
    private static readonly byte[][] _tone = [.. OggPackets.First(CompressedTone.Ogg, 3)];

    [Test]
    public void Check_HeadersOfAnEncoder_Passes() => Assert.That(() => VorbisHeaders.Check(CompressedTone.Ogg), Throws.Nothing);

    [Test]
    public void First_PacketsAcrossPages_PutsThemTogether()
    {
        byte[] longOne = [.. Enumerable.Range(0, 600).Select(i => (byte)i)];
        var pages = Pages([1, 2], longOne, new byte[255], []);
        Assert.That(OggPackets.First(pages, 9), Is.EqualTo(new[] { [1, 2], longOne, new byte[255], [] }));
    }

    [Test]
    public void Check_TwoHeaders_Throws() => Refused(Pages(_tone[0], _tone[1]), "it has not the three headers of Vorbis");

    [Test]
    public void Check_HeadersInAnotherOrder_Throws() => Refused(Pages(_tone[0], _tone[2], _tone[1]), "it has not the three headers of Vorbis");

    [TestCase(uint.MaxValue, 0u, "a comment has 4294967295 bytes, of 4 that are there")]
    [TestCase(0u, uint.MaxValue, "its comments are cut short", Description = "14 GB in the decoder")]
    public void Check_CommentsThatAreNotThere_Throws(uint vendor, uint count, string message)
    {
        byte[] comments = [.. "\u0003vorbis"u8, .. new byte[8]];
        BinaryPrimitives.WriteUInt32LittleEndian(comments.AsSpan(7), vendor);
        BinaryPrimitives.WriteUInt32LittleEndian(comments.AsSpan(11), count);
        Refused(Pages(_tone[0], comments, _tone[2]), message);
    }

    [TestCase(0x8B, "its windows have 2048 and 256 samples", Description = "the decoder steps back between them")]
    [TestCase(0xE8, "its windows have 256 and 16384 samples")]
    [TestCase(0x85, "its windows have 32 and 256 samples")]
    public void Check_WindowsThatVorbisHasNot_Throws(byte windows, string message) => Refused(Pages([.. _tone[0][..28], windows, 1], _tone[1], _tone[2]), message);

    [Test]
    public void Check_FirstHeaderCutShort_Throws() => Refused(Pages(_tone[0][..28], _tone[1], _tone[2]), "its first header is cut short");

    [Test]
    public void Check_LargeTable_Throws() => Refused(With(new Bits().Book(entries: 1 << 20, dimensions: 8, kind: 1)), "the tables in its setup have 8388608 numbers and more, expected at most 4194304");

    [Test]
    public void Check_ManyEntriesWithoutValues_Throws() => Refused(With(new Bits().Book(entries: 1 << 23, dimensions: 1, kind: 0)), "the tables in its setup have 8388608 numbers");

    [Test]
    public void Check_TableOfAsManyNumbersAsAllowed_Passes() => Assert.That(() => VorbisHeaders.Check(With(new Bits().Book(entries: 1 << 22, dimensions: 1, kind: 0))), Throws.Nothing);

    [Test]
    public void Check_ManyEntriesWithALengthEach_Throws() => Refused(With(new Bits().Add(0, 8).Add(0x564342, 24).Add(1, 16).Add(1 << 20, 24).Add(0, 1).Add(0, 1)), "its setup is cut short");

    [Test]
    public void Check_RunBeyondTheEntries_Throws() => Refused(With(new Bits().Add(0, 8).Add(0x564342, 24).Add(1, 16).Add(4, 24).Add(1, 1).Add(0, 5).Add(7, 3)), "lengths for more entries than it has");

    [Test]
    public void Check_NoTable_Throws() => Refused(With(new Bits().Add(0, 8).Add(0x564343, 24)), "a table in its setup does not begin as one");

    [Test]
    public void Check_SparseTable_ReadsALengthWhereOneIs()
    {
        var bits = new Bits().Add(0, 8).Add(0x564342, 24).Add(2, 16).Add(3, 24).Add(0, 1).Add(1, 1).Add(1, 1).Add(9, 5).Add(0, 1).Add(1, 1).Add(9, 5).Add(0, 4);
        Assert.That(() => VorbisHeaders.Check(With(bits)), Throws.Nothing);
        Assert.That(() => VorbisHeaders.Check(Pages(_tone[0], _tone[1], [.. "\u0005vorbis"u8, .. bits.Bytes[..^1]])), Throws.TypeOf<InvalidDataException>());
    }

    private static byte[] With(Bits setup) => Pages(_tone[0], _tone[1], [.. "\u0005vorbis"u8, .. setup.Bytes]);

    private static void Refused(byte[] pages, string message) => Assert.That(() => VorbisHeaders.Check(pages), Throws.TypeOf<InvalidDataException>().With.Message.Contains(message));

    // One packet a page but for what is longer than a page's pieces; checksums are none of the headers' business.
    private static byte[] Pages(params byte[][] packets) => [.. packets.SelectMany(packet =>
    {
        byte[] segments = [.. Enumerable.Repeat((byte)255, packet.Length / 255), (byte)(packet.Length % 255)];
        return (byte[])[.. "OggS"u8, .. new byte[22], (byte)segments.Length, .. segments, .. packet];
    })];

    /// <summary>Writes numbers of some bits, the low bit first.</summary>
    private sealed class Bits
    {
        private readonly List<bool> _bits = [];

        public byte[] Bytes => [.. _bits.Chunk(8).Select(bits => (byte)bits.Select((bit, i) => bit ? 1 << i : 0).Sum())];

        public Bits Add(int value, int count)
        {
            for (var i = 0; i < count; i++)
                _bits.Add((value >> i & 1) != 0);
            return this;
        }

        /// <summary>The only table: all entries of one length.</summary>
        public Bits Book(int entries, int dimensions, int kind)
        {
            _bits.Clear();
            Add(0, 8).Add(0x564342, 24).Add(dimensions, 16).Add(entries, 24).Add(1, 1).Add(0, 5).Add(entries, 32 - int.LeadingZeroCount(entries)).Add(kind, 4);
            return kind == 0 ? this : Add(0, 32).Add(0, 32).Add(0, 4).Add(0, 1).Add(0, 64);
        }
    }
}
