using FeatureTransfer.Extraction;

namespace FeatureTransfer.Tests.Extraction.Cache;

public class FeatureCacheTests
{
    private static readonly byte[] _scope = FeatureKey.Scope([1], "recipe");
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-cache-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void TryGet_FlushedOrReopened_GivesTheValues()
    {
        using (var cache = new FeatureCache(_folder))
        {
            Assert.That(Get(cache, 1), Is.Null, "nothing is there yet");
            cache.Add(Key(1), Values(1));
            cache.Flush();
            Assert.That(Get(cache, 1), Is.EqualTo(Values(1)));
            Assert.That(cache.Count, Is.EqualTo(1));
        }

        using var reopened = new FeatureCache(_folder);
        Assert.That(Get(reopened, 1), Is.EqualTo(Values(1)));
        Assert.That(Get(reopened, 2), Is.Null);
        Assert.That(reopened.TryGet(Key(1), new float[3]), Is.False, "another number of features");
    }

    [Test]
    public void TryGet_AnyByteFlipped_MissesThatRecordAndGivesTheOther()
    {
        Fill(1, 2);
        var segment = Directory.GetFiles(_folder).Single();
        var whole = File.ReadAllBytes(segment);
        var second = whole.Length - ((whole.Length - 8) / 2);
        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x10;
            File.WriteAllBytes(segment, damaged);
            using var cache = new FeatureCache(_folder);
            var (first, later) = (Get(cache, 1), Get(cache, 2));
            Assert.That(first, Is.EqualTo(at < second ? null : Values(1)), $"byte {at}, first record");

            // Behind a damaged magic number or length nothing can be found again.
            Assert.That(later, Is.EqualTo(at < 12 || at >= second ? null : Values(2)), $"byte {at}, second record");
        }
    }

    [Test]
    public void TryGet_TornTail_LosesTheTornRecordOnlyAndGoesOnInAnotherSegment()
    {
        Fill(1, 2);
        var segment = Directory.GetFiles(_folder).Single();
        var whole = File.ReadAllBytes(segment);
        var second = whole.Length - ((whole.Length - 8) / 2);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(segment, whole[..length]);
            using var cache = new FeatureCache(_folder);
            Assert.That(Get(cache, 1), Is.EqualTo(length < second ? null : Values(1)), $"{length} bytes, first record");
            Assert.That(Get(cache, 2), Is.Null, $"{length} bytes, second record");
        }

        Fill(2);
        using var mended = new FeatureCache(_folder);
        Assert.That(Get(mended, 1), Is.EqualTo(Values(1)));
        Assert.That(Get(mended, 2), Is.EqualTo(Values(2)));
    }

    [Test]
    public void Add_TwoCachesInOneFolderAndManyThreads_LoseNothing()
    {
        using (var left = new FeatureCache(_folder))
        using (var right = new FeatureCache(_folder))
        {
            Parallel.For(0, 400, number =>
            {
                var cache = number % 2 == 0 ? left : right;
                cache.Add(Key(number), Values(number));
                if (number % 50 == 0)
                    cache.Flush();
            });
        }

        using var all = new FeatureCache(_folder);
        Assert.That(all.Count, Is.EqualTo(400));
        Assert.That(Enumerable.Range(0, 400).Select(number => Get(all, number)), Is.EqualTo(Enumerable.Range(0, 400).Select(Values)));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(2), "each writes to a segment of its own");
    }

    [Test]
    public void Open_WhileAnotherWrites_SeesWhatWasFlushed()
    {
        using var writer = new FeatureCache(_folder);
        writer.Add(Key(1), Values(1));
        writer.Flush();
        writer.Add(Key(2), Values(2));
        using var reader = new FeatureCache(_folder);
        Assert.That(Get(reader, 1), Is.EqualTo(Values(1)));
        Assert.That(Get(reader, 2), Is.Null);
    }

    [Test]
    public void Open_FilesOfOtherKinds_AreLeftAlone()
    {
        File.WriteAllText(Path.Combine(_folder, "notes.txt"), "not a segment");
        File.WriteAllText(Path.Combine(_folder, "other.features"), "not a segment either, though it is named as one");
        using var cache = new FeatureCache(_folder);
        Assert.That(cache.Count, Is.Zero);
    }

    [Test]
    public void Add_FolderThatCannotBe_NamesItAndTheWayOut()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        using var cache = new FeatureCache(file);
        Assert.That(() => cache.Add(Key(1), Values(1)), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(file).And.Message.Contains("FT_HOME"));
    }

    [Test]
    public void Dispose_ForgetsAll()
    {
        var cache = new FeatureCache(_folder);
        cache.Add(Key(1), Values(1));
        cache.Dispose();
        cache.Dispose();
        Assert.That(cache.Count, Is.Zero);
    }

    private static FeatureKey Key(int number) => FeatureKey.Of(BitConverter.GetBytes(number), _scope);

    private static float[] Values(int number) => [number, number + 0.5f, -number, 1f / (number + 1)];

    private static float[]? Get(FeatureCache cache, int number)
    {
        var values = new float[4];
        return cache.TryGet(Key(number), values) ? values : null;
    }

    private void Fill(params int[] numbers)
    {
        using var cache = new FeatureCache(_folder);
        foreach (var number in numbers)
            cache.Add(Key(number), Values(number));
    }
}
