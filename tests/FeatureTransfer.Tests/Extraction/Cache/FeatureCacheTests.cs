using FeatureTransfer.Extraction;
using static FeatureTransfer.Tests.Extraction.Cache.CacheFolder;

namespace FeatureTransfer.Tests.Extraction.Cache;

public class FeatureCacheTests
{
    private CacheFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new CacheFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void TryGet_AddedFlushedOrReopened_GivesTheValues()
    {
        using (var cache = _folder.Open())
        {
            Assert.That(Get(cache, 1), Is.Null, "nothing is there yet");
            cache.Add(Key(1), Values(1));
            Assert.That(Get(cache, 1), Is.EqualTo(Values(1)), "not flushed yet");
            cache.Flush();
            Assert.That(Get(cache, 1), Is.EqualTo(Values(1)));
            Assert.That(cache.Count, Is.EqualTo(1));
        }

        using var reopened = _folder.Open();
        Assert.That(Get(reopened, 1), Is.EqualTo(Values(1)));
        Assert.That(Get(reopened, 2), Is.Null);
        Assert.That(reopened.TryGet(Key(1), new float[3]), Is.False, "another number of features");
    }

    [Test]
    public void TryGet_OtherScope_HasItsOwnFeatures()
    {
        var other = FeatureKey.Scope([2], "preprocessing");
        using (var cache = _folder.Open())
        {
            cache.Add(Key(1), Values(1));
            cache.Add(Key(1, other), Values(7));
            cache.Add(Key(2, other), Values(8));
        }

        using var reopened = _folder.Open();
        Assert.That(Get(reopened, 1), Is.EqualTo(Values(1)));
        Assert.That(Get(reopened, 1, scope: other), Is.EqualTo(Values(7)));
        Assert.That(Get(reopened, 2), Is.Null);
        Assert.That(reopened.Count, Is.EqualTo(3));
    }

    [Test]
    public void TryGet_VectorsOfAnyLength_ComeBack([Values(0, 1, 2, 1728, 100_000, 3_000_000)] int count)
    {
        _folder.Fill([1, 2], count);
        Assert.That(_folder.Found([1, 2, 3], count), Is.EqualTo(new[] { 1, 2 }));
    }

    // 36 MB, more than is mapped at once; every way to read comes by.
    [Test]
    public void TryGet_ManyInOrderBackwardsAndMixed_AreRight()
    {
        var numbers = Enumerable.Range(0, 3000).ToArray();
        _folder.Fill(numbers, 3000);
        Assert.That(_folder.Found(numbers, 3000), Has.Count.EqualTo(numbers.Length));
        Assert.That(_folder.Found(numbers.Reverse(), 3000), Has.Count.EqualTo(numbers.Length));
        Assert.That(_folder.Found(numbers.OrderBy(number => number * 7919 % 3001), 3000), Has.Count.EqualTo(numbers.Length));
    }

    [Test]
    public void TryGet_FromManyThreads_IsRight()
    {
        _folder.Fill(Enumerable.Range(0, 3000), 2000);
        using var cache = _folder.Open();
        Parallel.For(0, 6000, number => Assert.That(Get(cache, number % 3000, 2000), Is.EqualTo(Values(number % 3000, 2000))));
    }

    [Test]
    public void Add_TwoCachesInOneFolderAndManyThreads_LoseNothing()
    {
        using (var left = _folder.Open())
        using (var right = _folder.Open())
        {
            Parallel.For(0, 400, number =>
            {
                var cache = number % 2 == 0 ? left : right;
                cache.Add(Key(number), Values(number));
                if (number % 50 == 0)
                    cache.Flush();
            });
        }

        Assert.That(_folder.Found(Enumerable.Range(0, 400)), Has.Count.EqualTo(400));
        Assert.That(_folder.Segments, Has.Length.EqualTo(2), "each writes to a segment of its own");
    }

    [Test]
    public void Add_SameAgain_IsKeptOnce()
    {
        using (var cache = _folder.Open())
        {
            cache.Add(Key(1), Values(1));
            cache.Add(Key(1), Values(1));
            cache.Flush();
            cache.Add(Key(1), Values(1));
        }

        _folder.Fill(1, 1);
        Assert.That(new FeatureCacheFolder(_folder.Root).Verify().Records, Is.EqualTo(1));
        _folder.Fill([1], 5);
        Assert.That(_folder.Found([1], 5), Is.EqualTo(new[] { 1 }), "another length is other features");
    }

    [Test]
    public void Add_OneAfterTheOther_GoOnInOneSegment()
    {
        for (var number = 0; number < 20; number++)
            _folder.Fill(number);
        Assert.That(_folder.Segments, Has.Length.EqualTo(1));
        Assert.That(_folder.Found(Enumerable.Range(0, 21)), Has.Count.EqualTo(20));
    }

    [Test]
    public void Add_BeyondTheLengthOfASegment_BeginsAnother()
    {
        using var folder = new CacheFolder { Settings = new CacheSettings { SegmentLength = 10_000 } };
        folder.Fill(Enumerable.Range(0, 100), 100);
        Assert.That(folder.Segments, Has.Length.EqualTo(5));
        Assert.That(folder.Found(Enumerable.Range(0, 100), 100), Has.Count.EqualTo(100));
    }

    [Test]
    public void TryGet_WhileAnotherWrites_SeesWhatWasFlushed()
    {
        using var early = _folder.Open();
        Assert.That(Get(early, 1), Is.Null);
        using var writer = _folder.Open();
        writer.Add(Key(1), Values(1));
        writer.Flush();
        writer.Add(Key(2), Values(2));
        using var reader = _folder.Open();
        foreach (var cache in new[] { early, reader })
        {
            Assert.That(Get(cache, 1), Is.EqualTo(Values(1)));
            Assert.That(Get(cache, 2), Is.Null);
        }

        writer.Flush();
        foreach (var cache in new[] { early, reader })
            Assert.That(Get(cache, 2), Is.EqualTo(Values(2)));
    }

    [Test]
    public void TryGet_MissesSoonAfterALook_DoNotLookAgain()
    {
        using var folder = new CacheFolder { Settings = new CacheSettings { RefreshPause = TimeSpan.FromDays(1) } };
        using var early = folder.Open();
        Assert.That(Get(early, 1), Is.Null);
        folder.Fill(1);
        Assert.That(Get(early, 1), Is.Null);
    }

    [Test]
    public void Open_FilesOfOtherKinds_AreLeftAlone()
    {
        _folder.Fill(1);
        var scope = Path.GetDirectoryName(_folder.Segment)!;
        File.WriteAllText(Path.Combine(_folder.Root, "notes.txt"), "not a segment");
        Directory.CreateDirectory(Path.Combine(_folder.Root, "not a scope"));
        File.WriteAllText(Path.Combine(scope, "other.features"), "not a segment either, though it is named as one and is as long as its header would be");
        File.WriteAllText(Path.Combine(scope, "short.features"), "x");
        using var cache = _folder.Open();
        Assert.That(cache.Count, Is.EqualTo(1));
    }

    [Test]
    public void Open_SegmentOfAnotherScope_IsNotBelieved()
    {
        _folder.Fill(1);
        var other = FeatureKey.Scope([2], "preprocessing");
        using (var cache = _folder.Open())
            cache.Add(Key(2, other), Values(2));
        var scopes = _folder.Segments;
        var stray = Path.Combine(Path.GetDirectoryName(scopes[0])!, "stray.features");
        File.Copy(scopes[1], stray);
        using var reopened = _folder.Open();
        Assert.That(reopened.Count, Is.EqualTo(2));
    }

    [Test]
    public void Add_FolderThatCannotBe_NamesItAndTheWayOut()
    {
        var file = Path.Combine(_folder.Root, "file");
        File.WriteAllText(file, "");
        using var cache = new FeatureCache(file);
        Assert.That(() => cache.Add(Key(1), Values(1)), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(file).And.Message.Contains("FT_HOME"));
    }

    [Test]
    public void Describe_First_IsKeptWithTheScope()
    {
        using (var cache = _folder.Open())
        {
            cache.Describe(Scope, new FeatureScope { Backbone = "first", Layers = ["a", "b"], Pooling = "Avg", Preprocessing = "r" });
            cache.Add(Key(1), Values(1));
        }

        using (var cache = _folder.Open())
        {
            cache.Describe(Scope, new FeatureScope { Backbone = "second" });
            cache.Add(Key(2), Values(2));
        }

        var known = new FeatureCacheFolder(_folder.Root).Statistics().Single().Description;
        Assert.That((known?.Backbone, known?.Pooling, known?.Preprocessing), Is.EqualTo(("first", "Avg", "r")));
        Assert.That(known?.Layers, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(
            File.ReadAllText(Path.Combine(Path.GetDirectoryName(_folder.Segment)!, "scope.json")).ReplaceLineEndings("\n"),
            Is.EqualTo("{\n  \"backbone\": \"first\",\n  \"layers\": [\n    \"a\",\n    \"b\"\n  ],\n  \"pooling\": \"Avg\",\n  \"preprocessing\": \"r\"\n}\n"));
    }

    [Test]
    public void Describe_Nothing_IsEmpty()
    {
        var scope = new FeatureScope();
        Assert.That((scope.Backbone, scope.Layers.Count, scope.Pooling, scope.Preprocessing), Is.EqualTo(("", 0, "", "")));
    }

    [Test]
    [Platform("Linux")]
    public void TryGet_SegmentThatTheDeviceCannotRead_NamesTheFolderAndTheWayOut([Values] bool afterTheFirstLook)
    {
        _folder.Fill(1);
        using var cache = _folder.Open();
        if (afterTheFirstLook)
            Assert.That(Get(cache, 1), Is.EqualTo(Values(1)));
        AddUnreadable();
        Assert.That(
            () => Get(cache, 2),
            Throws.TypeOf<FeatureTransferException>().With.Message.StartsWith($"{_folder.Root}: the feature cache cannot be read (").And.Message.Contains("FT_HOME"));
    }

    [Test]
    [Platform("Linux")]
    public void TryGet_SegmentThatTheDeviceCannotRead_LeavesNoFileOpen()
    {
        _folder.Fill(1);
        AddUnreadable();
        using var cache = _folder.Open();
        Assert.That(() => Get(cache, 1), Throws.TypeOf<FeatureTransferException>());
        Assert.That(_folder.Held, Is.Empty);
        Assert.That(Directory.EnumerateFiles("/proc/self/fd").Select(file => new FileInfo(file).LinkTarget), Has.None.EqualTo($"/proc/{Environment.ProcessId}/mem"));
    }

    [Test]
    public void Dispose_ForgetsAllAndTakesNoMore()
    {
        var cache = _folder.Open();
        cache.Add(Key(1), Values(1));
        cache.Dispose();
        cache.Dispose();
        Assert.That(cache.Count, Is.Zero);
        Assert.That(() => cache.Add(Key(2), Values(2)), Throws.TypeOf<ObjectDisposedException>());
    }

    // The memory of a process reads as a file whose first bytes are on a bad sector. Its name puts it behind the good one.
    private void AddUnreadable() => File.CreateSymbolicLink(Path.ChangeExtension(_folder.Segment, null) + "~bad.features", "/proc/self/mem");
}
