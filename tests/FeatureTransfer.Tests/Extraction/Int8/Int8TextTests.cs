using System.Numerics.Tensors;
using FeatureTransfer.Export;
using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Extraction.Int8;

/// <summary>MiniLM in integers.</summary>
public class Int8TextTests
{
    private static readonly string[] _texts =
    [
        "The parcel came two days late and the box was crushed.", "Great value, I would buy it again!", "refund", "How do I reset the password of my account?",
        "The hotel lies right behind the beach; breakfast was poor, the staff kind.", "Kursaal am Wasser, 19:30 Uhr", "a", "Nothing works since the last update. Nothing.",
    ];

    private readonly MLContext _ml = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("ft-int8-texts-").FullName;
    private ExtractFeaturesTransformer _fitted = null!;

    private static ExtractFeaturesOptions Options => new() { Backbone = "minilm_l6.sbert", InputColumnName = nameof(Row.Text), Precision = Precision.Int8, UseCache = false };

    private static FeatureTransferServices Services => FeatureTransferServices.Default with { Backbones = Pulled.Store };

    private IDataView Rows => _ml.Data.LoadFromEnumerable(_texts.Select(text => new Row { Text = text }));

    [OneTimeSetUp]
    public void Fit()
    {
        Pulled.BackboneOrSkip("minilm_l6.sbert");
        _fitted = new ExtractFeaturesEstimator(Options, Services).Fit(Rows);
    }

    [OneTimeTearDown]
    public void Remove()
    {
        _fitted?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void Fit_Int8_GivesNearFeaturesThatAreNotTheFloats()
    {
        using var floats = new ExtractFeaturesEstimator(Options with { Precision = Precision.Float32 }, Services).Fit(Rows);
        var cosines = Features(floats).Zip(Features(_fitted), (left, right) => TensorPrimitives.CosineSimilarity<float>(left, right)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(cosines, Is.All.GreaterThan(0.99f));
            Assert.That(cosines, Is.All.LessThan(0.99999f));
        });
    }

    [Test]
    public void Features_OfARow_DoNotDependOnTheRowsBesideIt()
    {
        using var extractor = new FeatureExtractor(Options, _texts.Select(text => InputValue.FromText(text)), Services);
        var together = extractor.Extract(_texts).Select(row => row.Features).ToList();
        for (var i = 0; i < _texts.Length; i++)
            Assert.That(extractor.Extract([_texts[i]]).Single().Features, Is.EqualTo(together[i]).Within(1e-5), _texts[i]);
    }

    [Test]
    public void Fit_Again_FindsWhatItMadeToTheBit()
    {
        using var again = new ExtractFeaturesEstimator(Options, Services).Fit(Rows);
        Assert.That(again.Model.ToBytes(), Is.EqualTo(_fitted.Model.ToBytes()));
    }

    [Test]
    public void SaveBundle_Int8_GivesTheSameFeaturesToTheBitByBothReaders()
    {
        var bundle = Path.Combine(_folder, "texts.ftm");
        _ml.Model.SaveBundle(_fitted, Rows.Schema, bundle);
        var loaded = _ml.Model.LoadBundle(bundle, out _);
        using var session = loaded as IDisposable;
        var expected = Features(_fitted);
        Assert.Multiple(() =>
        {
            Assert.That(Features(loaded), Is.EqualTo(expected));
            Assert.That(Features(_ml.Model.Load(bundle, out _)), Is.EqualTo(expected).Within(1e-5));
        });
    }

    [Test]
    public void Open_Recordings_StayInFloats() => Assert.That(
        () => new FeatureExtractor(new ExtractFeaturesOptions { Backbone = "log_mel.baseline", Precision = Precision.Int8 }, [InputValue.FromBytes(new byte[] { 1 }, "a recording")], Services),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("is for images and texts, and this backbone takes audio"));

    [Test]
    public void GraphOf_FloatsForTexts_SaysToTrainInIntegers()
    {
        using var small = new SmallTexts();
        using var floats = new ExtractFeaturesEstimator(small.Options).Fit(Rows);
        Assert.That(
            () => Int8Networks.GraphOf(floats, ["photo.png"], Services),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("this model reads text").And.Message.Contains("--precision int8"));
    }

    private float[][] Features(ITransformer transformer) => [.. transformer.Transform(Rows).GetColumn<float[]>("Features")];

    private sealed class Row
    {
        public string Text { get; set; } = "";
    }
}
