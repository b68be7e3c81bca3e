using System.Text;
using FeatureTransfer.Inputs.Sources;

namespace FeatureTransfer.Tests.Inputs.Sources;

/// <summary>The small streams and lists that sources are read through.</summary>
public class StreamTests
{
    private static readonly byte[] _ten = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Test]
    public void Peeked_AnyCounts_GivesEverythingOnceAndTheTailBehindIt([Values(0, 1, 4, 10, 20)] int peeked, [Values(1, 3, 30)] int buffer, [Values] bool withTail)
    {
        using var stream = new PeekedStream(new MemoryStream(_ten), peeked);
        if (withTail)
            stream.Tail = new byte[] { 77, 78 };
        Assert.That(stream.Start.ToArray(), Is.EqualTo(_ten.Take(peeked)));
        Assert.That(ReadAll(stream, buffer), Is.EqualTo(withTail ? [.. _ten, 77, 78] : _ten));
        Assert.That(stream.Read(new byte[5], 0, 5), Is.Zero);
        Assert.That(stream.Start.ToArray(), Is.EqualTo(_ten.Take(peeked)), "the start is still known");
    }

    [Test]
    public void Peeked_EmptyBuffer_TakesNothingOfTheTail()
    {
        using var stream = new PeekedStream(Stream.Null, 2) { Tail = new byte[] { 7 } };
        Assert.That((stream.Read([]), stream.Read(new byte[3]), stream.Read(new byte[3])), Is.EqualTo((0, 1, 0)));
    }

    [Test]
    public void Peeked_Disposed_LeavesTheInnerOneOpen()
    {
        using var inner = new MemoryStream(_ten);
        new PeekedStream(inner, 2).Dispose();
        Assert.That(inner.ReadByte(), Is.EqualTo(2));
    }

    [TestCase(0, 10, 3)]
    [TestCase(2, 5, 3)]
    [TestCase(2, 5, 50)]
    [TestCase(8, 50, 50)]
    [TestCase(3, 0, 4)]
    public void Handle_Part_IsReadAndNoMore(int offset, int length, int buffer)
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, _ten);
        using (var file = File.OpenHandle(path))
        using (var stream = new HandleStream(file, offset, length))
        {
            Assert.That(ReadAll(stream, buffer), Is.EqualTo(_ten.Skip(offset).Take(length)));
            Assert.That((stream.Position, stream.Length), Is.EqualTo((Math.Min(length, 10 - offset), length)));
        }

        File.Delete(path);
    }

    [Test]
    public void Streams_CanBeReadForwardsAlone()
    {
        using var file = File.OpenHandle(typeof(StreamTests).Assembly.Location);
        foreach (var stream in (Stream[])[new HandleStream(file, 0, 3), new PeekedStream(new MemoryStream(_ten), 1)])
        {
            Assert.That((stream.CanRead, stream.CanSeek, stream.CanWrite), Is.EqualTo((true, false, false)));
            Assert.That(() => stream.Position = 1, Throws.TypeOf<NotSupportedException>());
            Assert.That(() => stream.Seek(0, SeekOrigin.Begin), Throws.TypeOf<NotSupportedException>());
            Assert.That(() => stream.SetLength(1), Throws.TypeOf<NotSupportedException>());
            Assert.That(() => stream.Write([], 0, 0), Throws.TypeOf<NotSupportedException>());
        }
    }

    [TestCase("a\n\nb\r\nc", false, "a,b,c")]
    [TestCase("\uFEFFa\n", false, "a")]
    [TestCase("", false, "")]
    [TestCase("a\0\0b\0", true, "a,b")]
    [TestCase("a\0b", true, "a,b")]
    [TestCase("a\nb\0", true, "a\nb")]
    public void PathList_Text_GivesThePathsAndLeavesTheStreamOpen(string text, bool nul, string expected)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        Assert.That(string.Join(',', PathList.Read(stream, nul)), Is.EqualTo(expected));
        Assert.That(stream.CanRead, Is.True);
    }

    private static byte[] ReadAll(Stream stream, int buffer)
    {
        using var all = new MemoryStream();
        var part = new byte[buffer + 2];
        while (stream.Read(part, 1, buffer) is > 0 and var read)
            all.Write(part, 1, read);
        return all.ToArray();
    }
}
