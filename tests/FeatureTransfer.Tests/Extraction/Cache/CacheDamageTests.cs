namespace FeatureTransfer.Tests.Extraction.Cache;

/// <summary>Whatever happens to the files, an answer is right or a miss, and what is not hit is still there.</summary>
public class CacheDamageTests
{
    private const int HeaderLength = 64, RecordLength = 56 + 16;
    private CacheFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new CacheFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Segment_AnyByteFlipped_LosesOneRecordAtMost([Values] bool withIndex)
    {
        _folder.Fill(1, 2, 3);
        var segment = _folder.Segment;
        var (whole, index) = (File.ReadAllBytes(segment), File.ReadAllBytes(_folder.Index));
        Assert.That(whole, Has.Length.EqualTo(HeaderLength + (3 * RecordLength)));
        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x10;
            File.WriteAllBytes(segment, damaged);
            if (withIndex)
                File.WriteAllBytes(_folder.Index, index);
            else
                File.Delete(_folder.Index);
            var hit = at < HeaderLength ? 0 : 1 + ((at - HeaderLength) / RecordLength);
            int[] expected = at < HeaderLength ? [] : [.. new[] { 1, 2, 3 }.Where(number => number != hit)];
            Assert.That(_folder.Found([1, 2, 3]), Is.EqualTo(expected), $"byte {at}");
        }
    }

    [Test]
    public void Segment_CutAtEveryByte_LosesTheTornRecordsOnlyAndIsMended([Values] bool withIndex)
    {
        _folder.Fill(1, 2);
        var segment = _folder.Segment;
        var (whole, index) = (File.ReadAllBytes(segment), File.ReadAllBytes(_folder.Index));
        for (var length = 0; length < whole.Length; length++)
        {
            foreach (var other in Directory.GetFiles(Path.GetDirectoryName(segment)!))
                File.Delete(other);
            File.WriteAllBytes(segment, whole[..length]);
            if (withIndex)
                File.WriteAllBytes(Path.ChangeExtension(segment, ".index"), index);
            var expected = length < HeaderLength + RecordLength ? Array.Empty<int>() : [1];
            Assert.That(_folder.Found([1, 2]), Is.EqualTo(expected), $"{length} bytes");
            _folder.Fill(2, 3);
            Assert.That(_folder.Found([1, 2, 3]), Is.EqualTo(expected.Concat([2, 3])), $"{length} bytes, mended");
            Assert.That(File.ReadAllBytes(segment).AsSpan(0, length).SequenceEqual(whole.AsSpan(0, length)), "what is there stays as it is");
        }
    }

    [Test]
    public void Segment_DamagedRecord_IsWrittenAnewAndThenFound()
    {
        _folder.Fill(1, 2, 3);
        Flip(_folder.Segment, HeaderLength + RecordLength + 60);
        Assert.That(_folder.Found([1, 2, 3]), Is.EqualTo(new[] { 1, 3 }));
        _folder.Fill(2);
        Assert.That(_folder.Found([1, 2, 3]), Is.EqualTo(new[] { 1, 2, 3 }));
        File.Delete(_folder.Index);
        Assert.That(_folder.Found([1, 2, 3]), Is.EqualTo(new[] { 1, 2, 3 }), "without the index, too");
    }

    [Test]
    public void Index_MissingOrDamagedAnywhere_IsMadeAgain()
    {
        _folder.Fill(1, 2, 3);
        var whole = File.ReadAllBytes(_folder.Index);
        File.Delete(_folder.Index);
        Assert.That(_folder.Found([1, 2, 3]), Has.Count.EqualTo(3));
        Assert.That(File.ReadAllBytes(_folder.Index), Is.EqualTo(whole));
        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x10;
            File.WriteAllBytes(_folder.Index, damaged);
            Assert.That(_folder.Found([1, 2, 3]), Has.Count.EqualTo(3), $"byte {at}");
            Assert.That(File.ReadAllBytes(_folder.Index), Is.EqualTo(whole), $"byte {at}");
        }

        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_folder.Index, whole[..length]);
            Assert.That(_folder.Found([1, 2, 3]), Has.Count.EqualTo(3), $"{length} bytes");
        }
    }

    [Test]
    public void Index_Stale_IsReadOnBehind()
    {
        _folder.Fill(1, 2);
        var stale = File.ReadAllBytes(_folder.Index);
        _folder.Fill(3, 4);
        File.WriteAllBytes(_folder.Index, stale);
        Assert.That(_folder.Found([1, 2, 3, 4]), Has.Count.EqualTo(4));
    }

    // All checks of the index pass here: what it says is plainly wrong.
    [Test]
    public void Index_OfOtherContentInTheSameSegment_IsAMissNotAWrongAnswer()
    {
        _folder.Fill(1, 2, 3);
        var whole = File.ReadAllBytes(_folder.Segment);
        var record = whole.AsSpan(HeaderLength, RecordLength).ToArray();
        whole.AsSpan(HeaderLength + RecordLength, RecordLength).CopyTo(whole.AsSpan(HeaderLength));
        record.CopyTo(whole.AsSpan(HeaderLength + RecordLength));
        File.WriteAllBytes(_folder.Segment, whole);
        Assert.That(_folder.Found([1, 2, 3]), Is.EqualTo(new[] { 3 }));
    }

    [Test]
    public void Index_OfAnotherSegment_IsNotBelieved()
    {
        _folder.Fill(1, 2);
        using var other = new CacheFolder();
        other.Fill(3, 4);
        File.Copy(other.Index, _folder.Index, overwrite: true);
        Assert.That(_folder.Found([1, 2, 3, 4]), Is.EqualTo(new[] { 1, 2 }));
    }

    private static void Flip(string file, int at)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[at] ^= 0xFF;
        File.WriteAllBytes(file, bytes);
    }
}
