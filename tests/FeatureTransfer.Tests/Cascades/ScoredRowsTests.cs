using FeatureTransfer.Cascades;
using FeatureTransfer.Extraction;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Cascades;

/// <summary>The time of a model for a row, with a backbone whose features come from a cache.</summary>
public class ScoredRowsTests
{
    private ColourImages _images = null!;
    private FeatureCache _cache = null!;

    [SetUp]
    public void Make()
    {
        _images = new ColourImages();
        _cache = new FeatureCache(Path.Combine(_images.Folder, "cache"));
    }

    [TearDown]
    public void Remove()
    {
        _cache.Dispose();
        _images.Dispose();
    }

    // Six rows, and a clock that goes on by six seconds whenever it is looked at.
    [TestCase(0, null)]
    [TestCase(2, 3)]
    [TestCase(100, 1)]
    public void Read_FeaturesOutOfTheCache_AreTimedOnSoManyRowsWithoutIt(int timedRows, int? seconds)
    {
        var cold = Read(0);
        Assert.That(cold.TimePerRow, Is.EqualTo(TimeSpan.FromSeconds(1)), "all features are computed");
        var warm = Read(timedRows);
        Assert.That(warm.TimePerRow?.TotalSeconds, Is.EqualTo(seconds));
        Assert.That(warm.Scores.Keys, Is.EqualTo(new long[] { 0, 1, 2, 3, 4, 5 }));
        Assert.That(warm.Scores[5], Is.EqualTo(ColourImages.Expected(5)).Within(1e-5));
    }

    private ScoredRows Read(int timedRows)
    {
        var ml = new MLContext(1);
        var view = ml.Data.LoadFromEnumerable(_images.Paths.Select(path => new Row { ImagePath = path }));
        var options = _images.Options with { UseCache = true, OutputColumnName = "Score" };
        using var model = ml.Transforms.ExtractFeatures(options, FeatureTransferServices.Default with { Cache = _cache }).Fit(view);
        return ScoredRows.Read(model, "model", new PickedRows(view, _ => true), new SteppingClock(), timedRows);
    }

    private sealed class SteppingClock : TimeProvider
    {
        private TimeSpan _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => (_now += TimeSpan.FromSeconds(6)).Ticks;
    }

    private sealed class Row
    {
        public string ImagePath { get; set; } = "";
    }
}
