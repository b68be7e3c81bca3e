using FeatureTransfer.Inputs.Audio;

namespace FeatureTransfer.Tests.Inputs.Audio;

public class OggPagesTests
{
    // Three pages, as their writer left them: where the second and the third begin.
    private const int Second = 58, Third = 3402;
    private static readonly byte[] _whole = CompressedTone.Ogg;

    [Test]
    public void Of_WholePages_GivesTheSameBytes() => Assert.That(Of(_whole), Is.EqualTo(_whole));

    [Test]
    public void Of_BytesBetweenPages_LeavesThemOut() => Assert.That(Of([.. _whole[..Third], .. "OggS and no page"u8, .. _whole[Third..], 1, 2, 3]), Is.EqualTo(_whole));

    [Test]
    public void Of_AnotherStream_LeavesItsPagesOut()
    {
        var other = Damaged(at: 14);
        Assert.That(Of([.. _whole[..Second], .. Signed(other[..Second]), .. _whole[Second..]]), Is.EqualTo(_whole));
    }

    [Test]
    public void Of_BehindTheLastPage_LeavesOutWhatFollows() => Assert.That(Of([.. _whole, .. _whole[Third..]]), Is.EqualTo(_whole));

    [TestCase(Third + 100, TestName = "Of_DamagedLastPage_EndsBeforeIt")]
    [TestCase(Third + 22, TestName = "Of_WrongChecksum_EndsBeforeIt")]
    public void Of_DamagedEnd_MarksThePageBeforeAsTheLast(int at)
    {
        var pages = Of(Damaged(at));
        var expected = _whole[..Third];
        expected[Second + 5] |= 4;
        Assert.That(pages, Is.EqualTo((byte[])[.. expected[..Second], .. Signed(expected[Second..])]));
    }

    // The decoder cut the sound there, and went round without end.
    [TestCase(3)]
    [TestCase(5)]
    [TestCase(7)]
    public void Of_EndFarBehindTheSound_Throws(int place)
    {
        var bytes = (byte[])_whole.Clone();
        bytes[Third + 6 + place] = 0xFC;
        Assert.That(() => Of([.. bytes[..Third], .. Signed(bytes[Third..])]), Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("its last page says that the sound ends at sample"));
    }

    [TestCase(0, "its first page is damaged")]
    [TestCase(40, "its first page is damaged")]
    public void Of_DamagedStart_Throws(int at, string message) => Assert.That(() => Of(Damaged(at)), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(message));

    [TestCase(Second)]
    [TestCase(Second + 20)]
    [TestCase(Third - 1)]
    public void Of_OnePage_Throws(int length) => Assert.That(() => Of(_whole[..length]), Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("no whole page"));

    // The decoder looked for the next page without end.
    [Test]
    public void Read_DamagedSecondPage_IsRejected() => Assert.That(
        () => new AudioPreprocessor(new AudioPreprocessing()).Read(Damaged(Second + 1000), "tone.ogg"),
        Throws.TypeOf<BadInputException>().With.Property(nameof(BadInputException.Reason)).Contains("damaged or cut short"));

    private static byte[] Of(byte[] encoded) => OggPages.Of(encoded).Pages.ToArray();

    private static byte[] Damaged(int at)
    {
        var bytes = (byte[])_whole.Clone();
        bytes[at] ^= 1;
        return bytes;
    }

    /// <summary>A page with the checksum that its bytes have: a division of polynomials, bit by bit.</summary>
    private static byte[] Signed(byte[] page)
    {
        page = [.. page[..22], 0, 0, 0, 0, .. page[26..]];
        uint rest = 0;
        foreach (var bit in page.SelectMany(value => Enumerable.Range(0, 8).Select(i => (value >> (7 - i)) & 1)))
            rest = (rest << 1) ^ (((rest >> 31) ^ (uint)bit) != 0 ? 0x04C11DB7u : 0);
        BitConverter.TryWriteBytes(page.AsSpan(22), rest);
        return page;
    }
}
