using FeatureTransfer.Extraction;
using Microsoft.Win32.SafeHandles;
using static FeatureTransfer.Tests.Extraction.Cache.CacheFolder;

namespace FeatureTransfer.Tests.Extraction.Cache;

/// <summary>A disk that takes so many bytes and no more: of a write that does not fit, it takes what does.</summary>
public class DiskFullTests
{
    private long _room;

    [SetUp]
    public void Fill() => _room = 0;

    [Test]
    public void Flush_DiskFullAtAnyByte_NamesTheFolderAndKeepsWhatWasWritten([Range(64 + 72, 64 + (72 * 3), 23)] int room)
    {
        using var folder = new CacheFolder { Settings = new CacheSettings { Write = Write, RefreshPause = TimeSpan.Zero } };
        _room = room;
        using (var cache = folder.Open())
        {
            cache.Add(Key(1), Values(1));
            cache.Flush();
            cache.Add(Key(2), Values(2));
            cache.Add(Key(3), Values(3));
            cache.Add(Key(4), Values(4));
            Assert.That(cache.Flush, Throws.TypeOf<FeatureTransferException>().With.Message.Contains(folder.Root).And.Message.Contains("No space left").And.Message.Contains("kept"));
            Assert.That(Get(cache, 1), Is.EqualTo(Values(1)));

            // The same cache goes on as soon as there is room.
            _room = 1 << 20;
            cache.Add(Key(5), Values(5));
            cache.Flush();
            Assert.That(Get(cache, 5), Is.EqualTo(Values(5)));
        }

        var whole = (room - 64) / 72;
        Assert.That(folder.Found([1, 2, 3, 4, 5]), Is.EqualTo(Enumerable.Range(1, whole).Append(5)));
    }

    [Test]
    public void Add_DiskFullWhenTheBufferIs_NamesTheFolderAndGoesOnInAnotherSegment()
    {
        using var folder = new CacheFolder { Settings = new CacheSettings { Write = Write, RefreshPause = TimeSpan.Zero } };
        _room = 1000;
        using (var cache = folder.Open())
        {
            cache.Add(Key(1), Values(1, 50_000));
            Assert.That(() => cache.Add(Key(2), Values(2, 50_000)), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(folder.Root));
            _room = 1 << 20;
            cache.Add(Key(3), Values(3, 50_000));
        }

        Assert.That(folder.Segments, Has.Length.EqualTo(2));
        Assert.That(folder.Found([1, 2, 3], 50_000), Is.EqualTo(new[] { 3 }));
    }

    [Test]
    public void Prune_NoRoom_NamesTheFolderAndLosesNothing()
    {
        using var folder = new CacheFolder();
        folder.Fill(1, 2);
        using (var file = File.OpenWrite(folder.Segment))
            file.SetLength(file.Length - 1);
        var before = Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories);
        var full = new FeatureCacheFolder(folder.Root, new CacheSettings { Write = Write });
        Assert.That(
            () => full.Prune(new FeatureCachePruneOptions()),
            Throws.TypeOf<FeatureTransferException>().With.Message.StartsWith($"{folder.Root}: the feature cache cannot be pruned (No space left on device.)"));
        Assert.That(Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories), Is.EquivalentTo(before.Append(Path.Combine(folder.Root, "prune.lock"))));
        Assert.That(folder.Found([1, 2]), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void Add_NoRoomForASegment_NamesTheFolderAndLeavesNone()
    {
        using var folder = new CacheFolder { Settings = new CacheSettings { Write = Write } };
        using var cache = folder.Open();
        Assert.That(() => cache.Add(Key(1), Values(1)), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(folder.Root));
        Assert.That(folder.Segments, Is.Empty);
        Assert.That(Get(cache, 1), Is.Null);
    }

    [Test]
    public void Dispose_DiskFull_DoesNotThrow()
    {
        using var folder = new CacheFolder { Settings = new CacheSettings { Write = Write } };
        _room = 64;
        var cache = folder.Open();
        cache.Add(Key(1), Values(1));
        Assert.That(cache.Dispose, Throws.Nothing);
        Assert.That(folder.Found([1]), Is.Empty);
    }

    private void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        var taken = (int)Math.Min(_room, bytes.Length);
        RandomAccess.Write(file, bytes[..taken], offset);
        _room -= taken;
        if (taken < bytes.Length)
            throw new IOException("No space left on device.");
    }
}
