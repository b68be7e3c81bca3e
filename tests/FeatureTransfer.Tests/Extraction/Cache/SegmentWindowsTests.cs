using FeatureTransfer.Extraction;

namespace FeatureTransfer.Tests.Extraction.Cache;

/// <summary>What is mapped of a segment, and when; of files that are mostly holes.</summary>
public class SegmentWindowsTests
{
    private const long Window = 8 << 20;
    private CacheFolder _folder = null!;
    private SegmentWriter _writer = null!;
    private SegmentWindows _windows = null!;

    [SetUp]
    public void MakeSegment()
    {
        _folder = new CacheFolder();
        _writer = SegmentWriter.Create(_folder.Root, new Hash256(1, 2), new CacheSettings());
        _windows = new SegmentWindows();
    }

    [TearDown]
    public void RemoveSegment()
    {
        _windows.Dispose();
        Assert.That(_folder.Mapped ?? 0, Is.Zero);
        _writer.Segment.Dispose();
        _writer.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void TryRead_SeveralParts_GivesTheBytesOfEach()
    {
        Put(100, Window - 64, Window + 100, (2 * Window) + 100);
        AssertMaps(100);
        AssertMaps(Window + 100);
        Assert.That((Read(100), Read(Window - 64), Read(Window + 100)), Is.EqualTo((true, true, true)), "all are mapped, to the last byte");
        AssertMaps((2 * Window) + 100);
        Assert.That((Read((2 * Window) + 104), Read((2 * Window) + 104)), Is.EqualTo((false, false)), "beyond the end");
        Assert.That((Read(Window - 63), Read(Window - 63)), Is.EqualTo((false, false)), "across two parts");
        Assert.That(Read(100), Is.True, "nothing had to give way");
    }

    [Test]
    public void TryRead_MorePartsThanAreMappedAtOnce_TakesThePlaceOfTheFirst()
    {
        var places = Enumerable.Range(0, 5).Select(number => (number * Window) + 100).ToArray();
        Put(places);
        foreach (var place in places)
            AssertMaps(place);
        Assert.That(_folder.Mapped ?? 4, Is.EqualTo(4));
        AssertMaps(places[0]);
        Assert.That(Read(places[4]), Is.True);
        AssertMaps(places[1]);
        Assert.That(_folder.Mapped ?? 4, Is.EqualTo(4));
    }

    [Test]
    public void TryRead_PartThatHasGrown_IsMappedAnewAndNoOther()
    {
        Put(100, Window + 100);
        AssertMaps(100);
        AssertMaps(Window + 100);
        Put(Window + 1000);
        Assert.That((Read(Window + 1000), Read(100), Read(Window + 100)), Is.EqualTo((true, true, true)));
        Assert.That(_folder.Mapped ?? 2, Is.EqualTo(2));
    }

    // What is read once is not mapped, what is read twice is.
    private void AssertMaps(long offset) => Assert.That((Read(offset), Read(offset)), Is.EqualTo((false, true)), $"at {offset}");

    private bool Read(long offset)
    {
        var (first, second) = (new byte[56], new byte[8]);
        var isRead = _windows.TryRead(_writer.Segment, offset, first, second);
        if (isRead)
            Assert.That(first.Concat(second), Is.EqualTo(Content(offset)), $"at {offset}");
        return isRead;
    }

    private void Put(params long[] offsets)
    {
        using var file = File.OpenHandle(_writer.Segment.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        foreach (var offset in offsets)
            RandomAccess.Write(file, Content(offset), offset);
    }

    private static byte[] Content(long offset) => [.. Enumerable.Range(0, 8).SelectMany(i => BitConverter.GetBytes(offset + i))];
}
