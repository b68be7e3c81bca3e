using FeatureTransfer.Extraction;

namespace FeatureTransfer.Tests.Extraction.Cache;

public class PlaceTableTests
{
    private const int Seed = 7, Steps = 20_000, Keys = 3_000;
    private CacheFolder _folder = null!;
    private SegmentWriter _writer = null!;

    [OneTimeSetUp]
    public void MakeSegment()
    {
        _folder = new CacheFolder();
        _writer = SegmentWriter.Create(_folder.Root, new Hash256(1, 2), new CacheSettings());
    }

    [OneTimeTearDown]
    public void RemoveSegment()
    {
        _writer.Segment.Dispose();
        _writer.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Table_RandomChanges_KnowsWhatADictionaryKnows()
    {
        var random = new Random(Seed);
        var (table, expected) = (new PlaceTable(), new Dictionary<UInt128, Place>());
        for (var step = 0; step < Steps; step++)
        {
            // Differing in the upper half alone, some keys share a bucket however many there are.
            var key = new UInt128((ulong)random.Next(Keys), (ulong)random.Next(2));
            if (random.Next(3) == 0)
            {
                table.Remove(key);
                expected.Remove(key);
            }
            else
            {
                var place = PlaceOf(key, step, random.Next(100));
                table.Set(place);
                expected[key] = place;
            }
        }

        Assert.That(table.Count, Is.EqualTo(expected.Count).And.GreaterThan(2048), "it grew on the way");
        Assert.That(table.Places.OrderBy(place => place.Record.Key), Is.EqualTo(expected.Values.OrderBy(place => place.Record.Key)));
        Assert.That(expected.Values.All(place => table.TryGet(place.Record.Key, out var found) && found == place), Is.True);
        Assert.That(table.TryGet(Keys, out _), Is.False);
    }

    [TestCase(1024, 1024)]
    [TestCase(1025, 2048)]
    public void Set_AsManyAsFitABlockOrMore_HasNoFewerChains(int count, int expected)
    {
        var table = new PlaceTable();
        for (var i = 0; i < count; i++)
            table.Set(PlaceOf((UInt128)i));
        Assert.That(table.Places.Select(place => (int)place.Record.Key), Is.EqualTo(Enumerable.Range(0, count)));
        Assert.That(table.Chains, Is.EqualTo(expected));
    }

    // A place that is free has this key, too.
    [Test]
    public void Remove_KeyZero_LeavesPlacesThatAreFreeAlone()
    {
        var table = new PlaceTable();
        table.Set(PlaceOf(5));
        table.Set(PlaceOf(0));
        table.Remove(5);
        table.Remove(0);
        Assert.That(table.Count, Is.Zero);
    }

    [Test]
    public void Set_AfterRemove_TakesTheSamePlace()
    {
        var table = new PlaceTable();
        var place = PlaceOf(1);
        table.Set(place);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 5000; i++)
        {
            table.Remove(1);
            table.Set(place);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(50_000));
    }

    private Place PlaceOf(UInt128 key, int offset = 0, int count = 0) => new(_writer.Segment, new SegmentRecord(key, offset, count, -offset));
}
