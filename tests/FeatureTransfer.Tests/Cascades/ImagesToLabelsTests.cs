using FeatureTransfer.Cascades;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Cascades;

/// <summary>Crops through a chain that knows colours: fitted on files, asked for bytes.</summary>
public class ImagesToLabelsTests
{
    private static readonly (string Name, byte[] Pixel)[] _colours = [("red", [250, 20, 10]), ("green", [10, 240, 30]), ("blue", [5, 25, 245])];

    private readonly MLContext _ml = new(1);
    private ColourImages _images = null!;
    private ITransformer _model = null!;
    private IDataView _rows = null!;

    [OneTimeSetUp]
    public void Fit()
    {
        _images = new ColourImages(1);
        _rows = _ml.Data.LoadFromEnumerable(_colours.SelectMany(colour => Enumerable.Range(0, 4).Select(i => new Photo
        {
            ImagePath = _images.Write($"{colour.Name}{i}.png", TestImages.SolidPng(8, 8, [.. colour.Pixel.Select(value => (byte)(value - i))])),
            Label = colour.Name,
        })).ToList());
        _model = Chain().Fit(_rows);
    }

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [TestCase(false)]
    [TestCase(true)]
    public void Run_CropsOfAPicture_AreClassifiedInOrder(bool saved)
    {
        var model = _model;
        if (saved)
        {
            var path = Path.Combine(_images.Folder, "colours.ftm");
            _ml.Model.SaveBundle(_model, _rows.Schema, path);
            model = _ml.Model.LoadBundle(path, out _);
        }

        using var cascade = new Cascade(
            [new("photo", CascadeKind.Image), new("boxes", CascadeKind.Boxes)],
            new BoxesToCrops("cut", "photo", "boxes", "crops"),
            new ImagesToLabels("classify", "crops", "colours", model));
        var boxes = new CascadeTensor(new float[] { 16, 0, 24, 8, 0, 0, 8, 8, 8, 0, 16, 8 }, 3, 4);
        Assert.That(cascade.Run(new Dictionary<string, object> { ["photo"] = Stripes(), ["boxes"] = boxes })["colours"], Is.EqualTo(new[] { "blue", "red", "green" }));
    }

    [Test]
    public void Load_SavedCascade_HoldsTheChainAndLeavesTheCallersAlone()
    {
        using var cascade = new Cascade([new("crops", CascadeKind.Images)], new ImagesToLabels("classify", "crops", "colours", _model));
        var path = Path.Combine(_images.Folder, "colours.cascade");
        cascade.Save(path);
        var crops = new Dictionary<string, object> { ["crops"] = new List<byte[]> { TestImages.SolidPng(4, 4, 5, 25, 245), TestImages.SolidPng(4, 4, 250, 20, 10) } };
        using (var loaded = Cascade.Load(path))
            Assert.That(loaded.Run(crops)["colours"], Is.EqualTo(new[] { "blue", "red" }));
        cascade.Dispose();
        Assert.That(cascade.Run(crops)["colours"], Is.EqualTo(new[] { "blue", "red" }), "the chain is the caller's");
    }

    [Test]
    public void Run_LabelIsAKey_GivesItsName()
    {
        var keyed = Keyed().Fit(_rows);
        Assert.That(new ImagesToLabels("classify", "crops", "colours", keyed).Run([new List<byte[]> { TestImages.SolidPng(4, 4, 250, 20, 10) }], CancellationToken.None)[0], Is.EqualTo(new[] { "red" }));
    }

    [Test]
    public void Run_NoCrops_GivesNoLabels() =>
        Assert.That(new ImagesToLabels("classify", "crops", "colours", _model).Run([new List<byte[]>()], CancellationToken.None)[0], Is.Empty);

    [Test]
    public void Constructor_ColumnThatTheModelDoesNotGive_NamesStageAndColumns() => Assert.That(
        () => new ImagesToLabels("classify", "crops", "colours", _model, new ImagesToLabelsOptions { PredictedLabelColumnName = "PredictedLabl" }),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("Stage 'classify'").And.Message.Contains("'PredictedLabel'"));

    [Test]
    public void Constructor_ImageColumnThatTheModelDoesNotRead_NamesStageAndColumn() => Assert.That(
        () => new ImagesToLabels("classify", "crops", "colours", _model, new ImagesToLabelsOptions { ImageColumnName = "Picture" }),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("Stage 'classify'").And.Message.Contains("'Picture'"));

    private IEstimator<ITransformer> Keyed() => _ml.Transforms.Conversion.MapValueToKey("Label")
        .Append(_ml.Transforms.ExtractFeatures(_images.Options))
        .Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());

    private IEstimator<ITransformer> Chain() => Keyed().Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

    private static byte[] Stripes() =>
        TestImages.Png(24, 8, [.. Enumerable.Range(0, 8).SelectMany(_ => _colours.SelectMany(colour => Enumerable.Repeat(colour.Pixel, 8).SelectMany(pixel => pixel)))]);

    private sealed class Photo
    {
        public string ImagePath { get; set; } = "";

        public string Label { get; set; } = "";
    }
}
