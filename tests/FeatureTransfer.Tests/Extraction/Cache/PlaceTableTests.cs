using FeatureTransfer.Extraction;

namespace FeatureTransfer.Tests.Extraction.Cache;

public class PlaceTableTests
{
    private const int Seed = 7, Steps = 20_000, Keys = 3_000;

    [Test]
    public void Table_RandomChanges_KnowsWhatADictionaryKnows()
    {
        using var folder = new CacheFolder();
        var scope = new Hash256(1, 2);
        using var writer = SegmentWriter.Create(folder.Root, scope, new CacheSettings());
        using var segment = writer.Segment;
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
                var place = new Place(segment, new SegmentRecord(key, step, random.Next(100), -step));
                table.Set(place);
                expected[key] = place;
            }
        }

        Assert.That(table.Count, Is.EqualTo(expected.Count).And.GreaterThan(2048), "it grew on the way");
        Assert.That(table.Places.OrderBy(place => place.Record.Key), Is.EqualTo(expected.Values.OrderBy(place => place.Record.Key)));
        Assert.That(expected.Values.All(place => table.TryGet(place.Record.Key, out var found) && found == place), Is.True);
        Assert.That(table.TryGet(Keys, out _), Is.False);
    }
}
