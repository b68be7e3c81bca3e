using FeatureTransfer.Extraction;
using static FeatureTransfer.Tests.Extraction.Cache.CacheFolder;

namespace FeatureTransfer.Tests.Extraction.Cache;

/// <summary>When a scope's store looks at its files, and what it makes of what it finds there.</summary>
public class ScopeStoreTests
{
    private readonly Hash256 _scope = Hash256.Read(Scope);
    private CacheFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new CacheFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void TryGet_DamagedRecord_IsForgotten()
    {
        _folder.Fill(1, 2, 3);
        var bytes = File.ReadAllBytes(_folder.Segment);
        bytes[64 + 72 + 60] ^= 1;
        File.WriteAllBytes(_folder.Segment, bytes);
        using var cache = _folder.Open();
        Assert.That(cache.Count, Is.EqualTo(3));
        Assert.That(Get(cache, 2), Is.Null);
        Assert.That(cache.Count, Is.EqualTo(2));
    }

    /// <summary>A look that takes a second is made ten times as seldom as one that takes a tenth of it or less.</summary>
    [TestCase(0, 2)]
    [TestCase(1, 20)]
    public void TryGet_Miss_LooksAgainAfterThePause(int cost, int pause)
    {
        var clock = new SteppingClock { Step = TimeSpan.FromSeconds(cost) };
        using var folder = new CacheFolder { Settings = new CacheSettings { Clock = clock, RefreshPause = TimeSpan.FromSeconds(2) } };
        using var early = folder.Open();
        Assert.That(Get(early, 1), Is.Null);
        folder.Fill(1);
        clock.Step = TimeSpan.Zero;

        // It began to look at the first second, had looked at the second, and noted that at the third.
        clock.Now = TimeSpan.FromSeconds((3 * cost) + pause) - TimeSpan.FromTicks(1);
        Assert.That(Get(early, 1), Is.Null);
        clock.Now += TimeSpan.FromTicks(1);
        Assert.That(Get(early, 1), Is.EqualTo(Values(1)));
    }

    /// <summary>Whoever wrote last counts, wherever it stands; of two at one time the one that was begun later.</summary>
    [TestCase(1, 2, 5)]
    [TestCase(2, 1, 4)]
    [TestCase(1, 1, 5)]
    public void TryGet_ContentInTwoSegments_IsTheNewest(int first, int second, int expected)
    {
        Write(4, first);
        Write(5, second);
        Assert.That((_folder.Found([1], 4).Count, _folder.Found([1], 5).Count), Is.EqualTo(expected == 4 ? (1, 0) : (0, 1)));
        Assert.That(new FeatureCacheFolder(_folder.Root).Prune(new FeatureCachePruneOptions()).RecordsRemoved, Is.EqualTo(1));
        Assert.That((_folder.Found([1], 4).Count, _folder.Found([1], 5).Count), Is.EqualTo(expected == 4 ? (1, 0) : (0, 1)));
    }

    [Test]
    public void Open_ManyRecordsBehindTheIndex_WritesItAnew()
    {
        const int Stale = 4096;
        using var writer = Begin();
        using var segment = writer.Segment;
        SegmentIndex.TrySave(segment, Append(0, 1));
        var (index, before) = (SegmentIndex.PathOf(segment.Path), File.ReadAllBytes(SegmentIndex.PathOf(segment.Path)));
        Append(1, Stale - 1);
        Assert.That(Count(), Is.EqualTo(Stale));
        Assert.That(File.ReadAllBytes(index), Is.EqualTo(before), "few are soon looked through");
        Append(Stale, 1);
        Assert.That(Count(), Is.EqualTo(Stale + 1));
        Assert.That(SegmentIndex.TryLoad(segment), Has.Count.EqualTo(Stale + 1));

        SegmentRecord[] Append(int from, int count)
        {
            var records = Enumerable.Range(from, count).Select(number => writer.Append(new Hash256((UInt128)number, 0), [], number)).ToArray();
            writer.Flush();
            return records;
        }
    }

    [Test]
    public void Add_SegmentThatIsJustFull_BeginsAnother()
    {
        using var folder = new CacheFolder { Settings = new CacheSettings { SegmentLength = 64 + 72 } };
        folder.Fill(1);
        folder.Fill(2);
        Assert.That(folder.Segments, Has.Length.EqualTo(2));
    }

    [Test]
    public void Dispose_PartsThatAreMapped_AreLetGo()
    {
        _folder.Fill(1, 2, 3);
        using (var cache = _folder.Open())
        {
            Assert.That((Get(cache, 1), Get(cache, 2)), Is.EqualTo((Values(1), Values(2))));
            Assert.That(_folder.Mapped ?? 1, Is.EqualTo(1));
        }

        Assert.That(_folder.Mapped ?? 0, Is.Zero);
    }

    private int Count()
    {
        using var cache = _folder.Open();
        return cache.Count;
    }

    private SegmentWriter Begin()
    {
        var folder = ScopeStore.PathOf(_folder.Root, _scope);
        Directory.CreateDirectory(folder);
        return SegmentWriter.Create(folder, _scope, new CacheSettings());
    }

    private void Write(int count, long time)
    {
        using var writer = Begin();
        using var segment = writer.Segment;
        writer.Append(Key(1).Content, Values(1, count), time);
        writer.Flush();
    }

    private sealed class SteppingClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public TimeSpan Step { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => (Now += Step).Ticks;
    }
}
