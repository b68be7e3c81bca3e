using FeatureTransfer.Extraction;
using static FeatureTransfer.Tests.Extraction.Cache.CacheFolder;

namespace FeatureTransfer.Tests.Extraction.Cache;

public class FeatureCacheFolderTests
{
    private readonly ManualClock _clock = new();
    private CacheFolder _cache = null!;
    private FeatureCacheFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _cache = new CacheFolder { Settings = new CacheSettings { Clock = _clock, SegmentLength = 100_000, RefreshPause = TimeSpan.Zero } };
        _folder = new FeatureCacheFolder(_cache.Root, _cache.Settings);
    }

    [TearDown]
    public void RemoveFolder() => _cache.Dispose();

    [Test]
    public void Folder_NotThere_IsEmpty()
    {
        var none = new FeatureCacheFolder(Path.Combine(_cache.Root, "none"));
        Assert.That(none.Statistics(), Is.Empty);
        Assert.That(none.Verify().Records, Is.Zero);
        Assert.That(none.Prune(new FeatureCachePruneOptions()).RecordsKept, Is.Zero);
        Assert.That(none.Clear(), Is.Zero);
        Assert.That(none.Folder, Does.Not.Exist);
    }

    [Test]
    public void Statistics_TwoScopes_CountsEach()
    {
        var begin = _clock.GetUtcNow();
        _cache.Fill(1, 2, 2, 3);
        _clock.Now += TimeSpan.FromHours(1);
        _cache.Fill(4);
        using (var cache = _cache.Open())
            cache.Add(Key(1, FeatureKey.Scope([2], "r")), Values(1));
        var known = _folder.Statistics().OrderByDescending(scope => scope.Records).ToList();
        Assert.That(known.Select(scope => (scope.Records, scope.Segments)), Is.EqualTo(new[] { (4, 1), (1, 1) }));
        Assert.That((known[0].Oldest, known[0].Newest), Is.EqualTo((begin, begin + TimeSpan.FromHours(1))));
        Assert.That(known[0].Bytes, Is.GreaterThan(64 + (5 * 72)));
        Assert.That(known[0].Scope, Is.EqualTo(Path.GetFileName(Path.GetDirectoryName(_cache.Segments.OrderByDescending(file => new FileInfo(file).Length).First()))));
    }

    [Test]
    public void Verify_Whole_FindsNothing()
    {
        _cache.Fill(Enumerable.Range(0, 50));
        var found = _folder.Verify();
        Assert.That((found.Records, found.Bytes, found.IsDamaged), Is.EqualTo((50, 50 * 72, false)));
        Assert.That(found.Faults, Is.Empty);
    }

    [TestCase(64 + 72 + 5, "header")]
    [TestCase(64 + 72 + 60, "checksum")]
    [TestCase(10, "no segment")]
    public void Verify_ByteFlipped_NamesTheFileAndThePlace(int at, string reason)
    {
        _cache.Fill(1, 2, 3);
        Damage(at);
        var found = _folder.Verify();
        var fault = found.Faults.Single();
        Assert.That(found.IsDamaged);
        Assert.That(fault.File, Is.EqualTo(_cache.Segment));
        Assert.That(fault.Reason, Does.Contain(reason));
        Assert.That((fault.Offset, fault.Length), Is.EqualTo(at < 64 ? (0L, 64L + (3 * 72)) : (64L + 72, 72L)));
        Assert.That(found.Records, Is.EqualTo(at < 64 ? 0 : 2));
    }

    [Test]
    public void Verify_TornEnd_IsNoDamage()
    {
        _cache.Fill(1, 2);
        using (var file = File.OpenWrite(_cache.Segment))
            file.SetLength(file.Length - 9);
        var found = _folder.Verify();
        Assert.That((found.Records, found.IsDamaged), Is.EqualTo((1, false)));
        Assert.That(found.Faults.Single().Length, Is.EqualTo(72 - 9));
    }

    [Test]
    public void Prune_DamagedAndRepeated_RemovesThoseAndMergesTheRest()
    {
        _cache.Fill(1, 2, 3);
        Damage(64 + 72 + 60);
        using (var first = _cache.Open())
        using (var second = _cache.Open())
        {
            // Neither sees what the other has not flushed yet.
            first.Add(Key(5), Values(5));
            second.Add(Key(5), Values(5));
            second.Add(Key(4), Values(4));
        }

        Assert.That(_cache.Segments, Has.Length.EqualTo(2));
        var result = _folder.Prune(new FeatureCachePruneOptions());
        Assert.That((result.RecordsKept, result.RecordsRemoved, result.SegmentsInUse), Is.EqualTo((4, 2, 0)));
        Assert.That(result.BytesFreed, Is.GreaterThan(0));
        Assert.That(_cache.Segments, Has.Length.EqualTo(1));
        Assert.That(_folder.Verify().Faults, Is.Empty);
        Assert.That(_cache.Found([1, 2, 3, 4, 5]), Is.EqualTo(new[] { 1, 3, 4, 5 }));
    }

    [Test]
    public void Prune_NothingToDo_LeavesTheFilesAsTheyAre()
    {
        _cache.Fill(1, 2, 3);
        var before = File.GetLastWriteTimeUtc(_cache.Segment);
        var result = _folder.Prune(new FeatureCachePruneOptions());
        Assert.That((result.RecordsKept, result.RecordsRemoved), Is.EqualTo((3, 0)));
        Assert.That(File.GetLastWriteTimeUtc(_cache.Segment), Is.EqualTo(before));
        Assert.That(result.BytesFreed, Is.Zero);
    }

    [Test]
    public void Prune_OneSegmentWhoseRecordsHaveADamagedHeaderAmongThem_IsWrittenAnew()
    {
        _cache.Fill(1, 2, 3);
        Damage(64 + 72 + 5);
        File.Delete(_cache.Index);
        Assert.That(_folder.Prune(new FeatureCachePruneOptions()).RecordsKept, Is.EqualTo(2));
        Assert.That(_folder.Verify().Faults, Is.Empty);
        Assert.That(_cache.Index, Does.Exist);
        Assert.That(_cache.Found([1, 2, 3]), Is.EqualTo(new[] { 1, 3 }));
    }

    [Test]
    public void Prune_OneSegmentWithATornEnd_IsWrittenAnew()
    {
        _cache.Fill(1, 2);
        File.AppendAllText(_cache.Segment, "torn");
        Assert.That(_folder.Prune(new FeatureCachePruneOptions()).RecordsKept, Is.EqualTo(2));
        Assert.That(_folder.Verify().Faults, Is.Empty);
        Assert.That(_cache.Found([1, 2]), Has.Count.EqualTo(2));
    }

    [Test]
    public void Prune_OneSegmentWithoutRecords_GoesWithItsFolder()
    {
        _cache.Fill(1);
        File.WriteAllBytes(_cache.Segment, File.ReadAllBytes(_cache.Segment)[..64]);
        _folder.Prune(new FeatureCachePruneOptions());
        Assert.That(Directory.GetDirectories(_cache.Root), Is.Empty);
    }

    [Test]
    public void Prune_SegmentsOfHalfTheLengthOrMore_StayApart([Values(1, 2)] int halves)
    {
        using (var first = _cache.Open())
        using (var second = _cache.Open())
        {
            first.Add(Key(1), Values(1));
            second.Add(Key(2), Values(2));
        }

        var before = _cache.Segments;
        new FeatureCacheFolder(_cache.Root, new CacheSettings { SegmentLength = (64 + 72) * halves }).Prune(new FeatureCachePruneOptions());
        Assert.That(_cache.Segments, Is.EqualTo(before));
    }

    [Test]
    public void Prune_SegmentsInUseInTwoScopes_AreCounted()
    {
        using var cache = _cache.Open();
        cache.Add(Key(1), Values(1));
        cache.Add(Key(1, FeatureKey.Scope([2], "r")), Values(1));
        Assert.That(_folder.Prune(new FeatureCachePruneOptions()).SegmentsInUse, Is.EqualTo(2));
    }

    [Test]
    public void Prune_WrongOptions_IsRefused() =>
        Assert.That(() => _folder.Prune(new FeatureCachePruneOptions { MaxSize = -1 }), Throws.ArgumentException);

    [Test]
    public void Prune_Age_RemovesWhatIsOlder()
    {
        _cache.Fill(1, 2);
        _clock.Now += TimeSpan.FromDays(10);
        _cache.Fill(3);
        _clock.Now += TimeSpan.FromDays(1);
        Assert.That(_folder.Prune(new FeatureCachePruneOptions { MaxAge = TimeSpan.FromDays(5) }).RecordsRemoved, Is.EqualTo(2));
        Assert.That(_cache.Found([1, 2, 3]), Is.EqualTo(new[] { 3 }));
    }

    [Test]
    public void Prune_Size_KeepsTheNewestThatFit()
    {
        for (var number = 0; number < 10; number++)
        {
            _cache.Fill(number);
            _clock.Now += TimeSpan.FromSeconds(1);
        }

        var before = Size();
        var result = _folder.Prune(new FeatureCachePruneOptions { MaxSize = (4 * 72) + 5 });
        Assert.That(result.BytesFreed, Is.EqualTo(before - Size()).And.GreaterThanOrEqualTo(6 * 72));
        Assert.That(_cache.Found(Enumerable.Range(0, 10)), Is.EqualTo(new[] { 6, 7, 8, 9 }));
    }

    [Test]
    public void Prune_UnknownScopesOrABackbone_RemovesThoseAndTheirFolders()
    {
        var named = FeatureKey.Scope([2], "r");
        using (var cache = _cache.Open())
        {
            cache.Describe(named, new FeatureScope { Backbone = "named" });
            cache.Add(Key(1, named), Values(1));
            cache.Add(Key(1), Values(1));
        }

        _folder.Prune(new FeatureCachePruneOptions { UnknownScopes = true });
        Assert.That(_folder.Statistics().Select(scope => scope.Description?.Backbone), Is.EqualTo(new[] { "named" }));
        _folder.Prune(new FeatureCachePruneOptions { Backbone = "other" });
        Assert.That(_folder.Statistics(), Has.Count.EqualTo(1));
        _folder.Prune(new FeatureCachePruneOptions { Backbone = "named" });
        Assert.That(Directory.GetDirectories(_cache.Root), Is.Empty);
    }

    [Test]
    public void Prune_SegmentThatIsWrittenTo_IsLeftAlone()
    {
        using var writer = _cache.Open();
        writer.Add(Key(1), Values(1));
        writer.Flush();
        var result = _folder.Prune(new FeatureCachePruneOptions { MaxSize = 0 });
        Assert.That(result.SegmentsInUse, Is.EqualTo(1));
        writer.Add(Key(2), Values(2));
        writer.Flush();
        Assert.That(_cache.Found([1, 2]), Has.Count.EqualTo(2));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "What is open stays there.")]
    public void Prune_WhileAnotherReads_TakesNothingFromIt()
    {
        _cache.Fill(Enumerable.Range(0, 100));
        using var reader = _cache.Open();
        Assert.That(Get(reader, 0), Is.EqualTo(Values(0)));
        _folder.Clear();
        Assert.That(_cache.Segments, Is.Empty);
        for (var number = 0; number < 100; number++)
            Assert.That(Get(reader, number), Is.EqualTo(Values(number)));
        reader.Add(Key(200), Values(200));
        reader.Flush();
        Assert.That(_cache.Found([1, 200]), Is.EqualTo(new[] { 200 }));
    }

    [Test]
    public void Prune_Cancelled_LosesNothing()
    {
        _cache.Fill(1, 2, 3);
        Damage(64 + 60);
        Assert.That(() => _folder.Prune(new FeatureCachePruneOptions(), new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_cache.Found([1, 2, 3]), Is.EqualTo(new[] { 2, 3 }));
    }

    [Test]
    public void Prune_TwoAtOnce_OneIsToldToWait()
    {
        _cache.Fill(1);
        using var other = SegmentLock.TryTake(Path.Combine(_cache.Root, "prune"));
        Assert.That(other, Is.Not.Null);
        Assert.That(() => _folder.Prune(new FeatureCachePruneOptions()), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(_cache.Root));
    }

    [Test]
    public void Validate_WrongOptions_NamesAll() => Assert.That(
        new FeatureCachePruneOptions { MaxAge = TimeSpan.FromDays(-1), MaxSize = -1 }.Validate,
        Throws.ArgumentException.With.Message.EqualTo("FeatureCachePruneOptions: MaxAge is -1.00:00:00; expected 0 or more; MaxSize is -1; expected 0 or more."));

    [Test]
    public void Clear_TornEmptyAndUnreadable_RemovesAll()
    {
        _cache.Fill(1, 2);
        var (segment, folder) = (_cache.Segment, Path.GetDirectoryName(_cache.Segment)!);
        File.WriteAllBytes(Path.Combine(folder, "begun.features"), [1, 2, 3]);
        File.WriteAllBytes(Path.Combine(folder, "empty.features"), File.ReadAllBytes(segment)[..64]);
        File.WriteAllBytes(Path.Combine(folder, "torn.features"), File.ReadAllBytes(segment)[..^3]);
        Assert.That(_folder.Clear(), Is.GreaterThan(0));
        Assert.That(Directory.GetDirectories(_cache.Root), Is.Empty);
    }

    [Test]
    public void Prune_LeftoversOfAKilledProcess_GoOnceTheyAreOld()
    {
        _cache.Fill(1);
        var folder = Path.GetDirectoryName(_cache.Segment)!;
        string[] old = ["gone.index", "gone.lock", "x.index.1-2.tmp"];
        string[] young = ["new.index", "new.lock", "y.index.1-2.tmp"];
        foreach (var name in old.Concat(young).Append("notes.txt"))
            File.WriteAllText(Path.Combine(folder, name), "");
        foreach (var name in old.Append("notes.txt"))
            File.SetLastWriteTimeUtc(Path.Combine(folder, name), DateTime.UtcNow.AddHours(-2));
        File.SetLastWriteTimeUtc(Path.Combine(folder, "y.index.1-2.tmp"), DateTime.UtcNow.AddMinutes(-30));
        File.SetLastWriteTimeUtc(_cache.Index, DateTime.UtcNow.AddHours(-2));
        _folder.Prune(new FeatureCachePruneOptions());
        var left = Directory.GetFiles(folder).Select(Path.GetFileName).ToList();
        Assert.That(left, Is.SupersetOf(young.Append("notes.txt").Append(Path.GetFileName(_cache.Index))));
        Assert.That(left.Intersect(old), Is.Empty);
    }

    [Test]
    public void Verify_Progress_CountsBytesAndCanBeCancelled()
    {
        _cache.Fill(1, 2);
        var seen = new List<WorkProgress>();
        _folder.Verify(new Reports(seen));
        Assert.That(seen.Select(step => step.Stage), Is.All.EqualTo("Checking the feature cache, bytes"));
        Assert.That(seen.Select(step => (step.Done, step.Total)), Is.EqualTo(new[] { (72L, (long?)(64 + 144)), (144L, 64 + 144) }));
        Assert.That(() => _folder.Verify(null, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase(0, false)]
    [TestCase(63, false)]
    [TestCase(64, true)]
    public void Verify_SegmentThatWasJustBegun_IsNoDamage(int length, bool expected)
    {
        _cache.Fill(1);
        File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(_cache.Segment)!, "begun.features"), new byte[length]);
        var fault = _folder.Verify().Faults.Single();
        Assert.That((fault.IsDamage, fault.Offset, fault.Length, fault.Reason), Is.EqualTo((expected, 0L, (long)length, "is no segment of this scope")));
    }

    [Test]
    public void Verify_SegmentThatIsRemovedMeanwhile_IsNoFault()
    {
        _cache.Fill(1);
        var last = Path.Combine(Path.GetDirectoryName(_cache.Segment)!, "last.features");
        File.WriteAllText(last, "");
        Assert.That(_folder.Verify(new Reports([], () => File.Delete(last))).Faults, Is.Empty);
    }

    [Test]
    public void Verify_RecordThatIsBeingWritten_IsNoFault()
    {
        using var writer = _cache.Open();
        writer.Add(Key(1), Values(1));
        writer.Flush();
        File.AppendAllText(_cache.Segment, "torn");
        Assert.That(_folder.Verify().Faults, Is.Empty);
        writer.Dispose();
        Assert.That(_folder.Verify().Faults.Single().Reason, Does.Contain("cut off"));
    }

    [Test]
    public void Prune_AgeOfTheRecordItself_IsKept()
    {
        _cache.Fill(1);
        _clock.Now += TimeSpan.FromDays(5);
        _folder.Prune(new FeatureCachePruneOptions { MaxAge = TimeSpan.FromDays(5) });
        Assert.That(_cache.Found([1]), Has.Count.EqualTo(1));
        _folder.Prune(new FeatureCachePruneOptions { MaxSize = 72 });
        Assert.That(_cache.Found([1]), Has.Count.EqualTo(1));
        _folder.Prune(new FeatureCachePruneOptions { MaxSize = 71 });
        Assert.That(_cache.Found([1]), Is.Empty);
    }

    [TestCase(0, 0)]
    [TestCase(1, null)]
    [TestCase(null, 1L)]
    public void Validate_RightOptions_SaysNothing(int? days, long? size) => Assert.That(
        new FeatureCachePruneOptions { MaxAge = days is { } age ? TimeSpan.FromDays(age) : null, MaxSize = size }.Validate, Throws.Nothing);

    private sealed class Reports(List<WorkProgress> seen, Action? then = null) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            seen.Add(value);
            then?.Invoke();
        }
    }

    private long Size() => Directory.GetFiles(_cache.Root, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);

    private void Damage(int at)
    {
        var bytes = File.ReadAllBytes(_cache.Segment);
        bytes[at] ^= 0x10;
        File.WriteAllBytes(_cache.Segment, bytes);
    }

    private sealed class ManualClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
