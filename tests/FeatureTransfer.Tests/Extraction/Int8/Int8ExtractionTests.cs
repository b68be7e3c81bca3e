using FeatureTransfer.Devices;
using FeatureTransfer.Extraction;
using FeatureTransfer.Extraction.Int8;
using FeatureTransfer.Inputs;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Extraction.Int8;

public class Int8ExtractionTests
{
    private readonly MLContext _ml = new(1);
    private StripedImages _images = null!;

    private ExtractFeaturesOptions Options => new() { Backbone = _images.Backbone, Precision = Precision.Int8, MinimumSimilarity = 0.95, UseCache = false };

    private IDataView Rows => _ml.Data.LoadFromEnumerable(_images.Rows);

    [OneTimeSetUp]
    public void Make() => _images = new StripedImages(30);

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [Test]
    public void Fit_Int8_GivesNearFeaturesThatAreNotTheFloats()
    {
        var floats = Features(Options with { Precision = Precision.Float32 });
        var integers = Features(Options);
        Assert.Multiple(() =>
        {
            Assert.That(integers, Has.Length.EqualTo(floats.Length));
            Assert.That(integers.SelectMany(row => row), Is.EqualTo(floats.SelectMany(row => row)).Within(0.05));
            Assert.That(integers.SelectMany(row => row), Is.Not.EqualTo(floats.SelectMany(row => row)));
        });
    }

    [Test]
    public void Fit_Again_FindsWhatItMadeToTheBit()
    {
        using var first = Fit(Options);
        using var second = Fit(Options);
        Assert.That(second.Model.ToBytes(), Is.EqualTo(first.Model.ToBytes()));
    }

    [Test]
    public void Fit_BelowTheBound_SaysHowFarAndWhatToDo() => Assert.That(
        () => Fit(Options with { MinimumSimilarity = 1 }),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("in int8").And.Message.Contains("below the bound 1.0000").And.Message.Contains("Stay with floats"));

    [Test]
    public void SaveBundle_Int8_GivesTheSameFeaturesToTheBitByBothReaders()
    {
        using var fitted = Fit(Options);
        var bundle = _images.PathOf("int8.ftm");
        _ml.Model.SaveBundle(fitted, Rows.Schema, bundle);
        var loaded = _ml.Model.LoadBundle(bundle, out _);
        using var session = loaded as IDisposable;
        var expected = Features(fitted);
        Assert.Multiple(() =>
        {
            Assert.That(Features(loaded), Is.EqualTo(expected));
            Assert.That(Features(_ml.Model.Load(bundle, out _)), Is.EqualTo(expected));
        });
    }

    [Test]
    public void Cache_OfInt8_IsNotThatOfFloats()
    {
        using var cache = new FeatureCache(_images.PathOf("cache"));
        var services = FeatureTransferServices.Default with { Cache = cache };
        using var floats = new ExtractFeaturesEstimator(Options with { Precision = Precision.Float32, UseCache = true }, services).Fit(Rows);
        using var integers = new ExtractFeaturesEstimator(Options with { UseCache = true }, services).Fit(Rows);
        Features(floats);
        Features(integers);
        Assert.That(integers.RowsComputed, Is.EqualTo(_images.Rows.Count));
    }

    [Test]
    public void KeyOf_AnyPart_ChangesTheKey()
    {
        var (graph, sample) = (SmallModels.Convolution(), new ReadOnlyMemory<byte>[] { new byte[] { 1, 2 }, new byte[] { 3 } });
        string[] keys =
        [
            Int8Store.KeyOf(graph, "p", sample, "s"),
            Int8Store.KeyOf(SmallModels.Image(), "p", sample, "s"),
            Int8Store.KeyOf(graph, "q", sample, "s"),
            Int8Store.KeyOf(graph, "p", [new byte[] { 1 }, new byte[] { 2, 3 }], "s"),
            Int8Store.KeyOf(graph, "p", sample, "t"),
        ];
        Assert.That(keys, Is.Unique);
    }

    [Test]
    public void Find_DamagedFile_IsAsIfThereWereNone()
    {
        var folder = _images.PathOf("int8");
        var store = new Int8Store(folder);
        store.Keep("key", SmallModels.Convolution());
        Assert.That(store.Find("key", "model"), Is.Not.Null);
        var file = Directory.GetFiles(folder).Single();
        var bytes = File.ReadAllBytes(file);
        bytes[^3] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.That(store.Find("key", "model"), Is.Null);
    }

    [Test]
    public void FeatureExtractor_WithASample_SkipsWhatCannotBeReadAndNeedsOne()
    {
        var bad = _images.PathOf("bad.png");
        File.WriteAllBytes(bad, [1, 2, 3]);
        using var extractor = new FeatureExtractor(Options, _images.Rows.Select(row => InputValue.FromFile(row.ImagePath)).Prepend(InputValue.FromFile(bad)));
        Assert.Multiple(() =>
        {
            Assert.That(extractor.Extract(_images.Rows.Select(row => row.ImagePath)).Count(), Is.EqualTo(_images.Rows.Count));
            Assert.That(() => new FeatureExtractor(Options), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("needs a sample"));
        });
    }

    [Test]
    public void Validate_Faults_AreAllNamed() => Assert.That(
        () => (Options with { CalibrationRows = 0, MinimumSimilarity = 2, Device = Device.Of(DeviceKind.Cuda) }).Validate(),
        Throws.ArgumentException.With.Message.Contains("CalibrationRows is 0").And.Message.Contains("MinimumSimilarity is 2").And.Message.Contains("runs on the CPU"));

    private ExtractFeaturesTransformer Fit(ExtractFeaturesOptions options) => _ml.Transforms.ExtractFeatures(options).Fit(Rows);

    private float[][] Features(ExtractFeaturesOptions options)
    {
        using var fitted = Fit(options);
        return Features(fitted);
    }

    private float[][] Features(ITransformer transformer) => [.. transformer.Transform(Rows).GetColumn<float[]>("Features")];
}
