using FeatureTransfer.Extraction;
using FeatureTransfer.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Extraction;

/// <summary>When features are taken from the cache, and when they must not be.</summary>
public class FeatureReuseTests
{
    private ColourImages _images = null!;
    private string _cache = "";

    [SetUp]
    public void Warm()
    {
        _images = new ColourImages();
        _cache = Path.Combine(_images.Folder, "cache");
        Assert.That(RowsComputed(Options), Is.EqualTo(6), "the first time");
    }

    [TearDown]
    public void Remove() => _images.Dispose();

    [Test]
    public void Same_ComputesNothing() => Assert.That(RowsComputed(Options), Is.Zero);

    [Test]
    public void OtherBatchSizeThreadsAndColumns_ComputeNothing() =>
        Assert.That(RowsComputed(Options with { BatchSize = 5, DecodeThreads = 1, IntraOpThreads = 1, OutputColumnName = "Other" }), Is.Zero);

    [Test]
    public void SameContentUnderAnotherName_ComputesNothing()
    {
        File.Move(_images.Paths[0], _images.Paths[0] + ".moved");
        Assert.That(RowsComputed(Options, [_images.Paths[0] + ".moved"]), Is.Zero);
    }

    [Test]
    public void OneImageChanged_ComputesThatOne()
    {
        File.WriteAllBytes(_images.Paths[2], TestImages.SolidPng(9, 7, 1, 2, 3));
        Assert.That(RowsComputed(Options), Is.EqualTo(1));
    }

    [Test]
    public void OtherRecipe_ComputesAll() =>
        Assert.That(RowsComputed(Options with { Preprocessing = new ImagePreprocessing { Height = 4, Width = 4, Mean = [0.5f, 0.5f, 0.5f] } }), Is.EqualTo(6));

    [Test]
    public void OtherLayer_ComputesAll() => Assert.That(RowsComputed(Options with { Layers = ["times"] }), Is.EqualTo(6));

    [Test]
    public void OtherPooling_ComputesAll([Values(Pooling.Max, Pooling.Gem, Pooling.Flatten)] Pooling pooling) =>
        Assert.That(RowsComputed(Options with { Pooling = pooling }), Is.EqualTo(6));

    [Test]
    public void OtherWeightsUnderTheSameName_ComputeAll()
    {
        SmallModels.Colours(factor: 3).Save(_images.Backbone);
        Assert.That(RowsComputed(Options), Is.EqualTo(6));
    }

    [Test]
    public void DamagedCache_ComputesWhatIsDamagedAndMendsIt()
    {
        var segment = Directory.GetFiles(_cache, "*.features", SearchOption.AllDirectories).Single();
        var bytes = File.ReadAllBytes(segment);
        bytes[^1] ^= 0xFF;
        File.WriteAllBytes(segment, bytes);
        Assert.That(RowsComputed(Options), Is.EqualTo(1));
        Assert.That(RowsComputed(Options), Is.Zero);
    }

    [Test]
    public void CacheTurnedOff_ComputesAll() => Assert.That(RowsComputed(Options with { UseCache = false }), Is.EqualTo(6));

    private ExtractFeaturesOptions Options => _images.Options with { UseCache = true };

    private long RowsComputed(ExtractFeaturesOptions options, IReadOnlyList<string>? paths = null)
    {
        using var cache = new FeatureCache(_cache);
        var ml = new MLContext(1);
        var view = ml.Data.LoadFromEnumerable((paths ?? _images.Paths).Select(path => new Row { ImagePath = path }));
        using var transformer = ml.Transforms.ExtractFeatures(options, FeatureTransferServices.Default with { Cache = cache }).Fit(view);
        Assert.That(transformer.Transform(view).GetColumn<float[]>(options.OutputColumnName).Count(), Is.EqualTo((paths ?? _images.Paths).Count));
        return transformer.RowsComputed;
    }

    private sealed class Row
    {
        public string ImagePath { get; set; } = "";
    }
}
