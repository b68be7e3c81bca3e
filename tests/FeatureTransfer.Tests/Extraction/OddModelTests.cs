using FeatureTransfer.Backbones;
using FeatureTransfer.Extraction;
using FeatureTransfer.Onnx;
using ElementType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Tests.Extraction;

/// <summary>ONNX files as they come: they work, or one sentence says why not before any image is read.</summary>
public class OddModelTests
{
    private ColourImages _images = null!;

    [SetUp]
    public void Make() => _images = new ColourImages(3);

    [TearDown]
    public void Remove() => _images.Dispose();

    // The third image is (20, 51, 255); the features are twice that, of 255 unless the input takes bytes.
    [TestCase(ElementType.Float16, ElementType.Float)]
    [TestCase(ElementType.Float16, ElementType.Float16)]
    [TestCase(ElementType.Double, ElementType.Double)]
    [TestCase(ElementType.Float, ElementType.Double)]
    public void Extract_OtherNumbersAtTheBorders_GivesTheSameFeatures(ElementType input, ElementType output) =>
        Assert.That(Features(OnnxFiles.Means(input, output)), Is.EqualTo(new[] { 40 / 255f, 0.4f, 2 }).Within(1e-3));

    [TestCase(ElementType.Uint8)]
    [TestCase(ElementType.Int32)]
    public void Extract_InputOfBytes_GetsPixelsAsTheyAre(ElementType input) =>
        Assert.That(Features(OnnxFiles.Means(input, ElementType.Float)), Is.EqualTo(new[] { 40f, 102, 510 }));

    [Test]
    public void Extract_DecisionBeforeTheScores_TakesTheScores() =>
        Assert.That(Features(OnnxFiles.DecisionFirst()), Is.EqualTo(new[] { 20 / 255f, 0.2f, 1 }).Within(1e-5));

    [TestCase(false)]
    [TestCase(true)]
    public void Extract_OneChannel_GetsTheBrightness(bool channelsLast)
    {
        var brightness = ((0.299f * 20) + (0.587f * 51) + (0.114f * 255)) / 255;
        Assert.That(Features(OnnxFiles.Doubling(ElementType.Float, 1, 2, 2, channelsLast)), Has.Length.EqualTo(channelsLast ? 2 : 1).And.All.EqualTo(2 * brightness).Within(1e-5));
    }

    [TestCase(2)]
    [TestCase(4)]
    public void Extract_OtherChannels_IsRefused(long channels) =>
        Assert.That(() => Features(OnnxFiles.Doubling(ElementType.Float, channels, 2, 2)), Throws.TypeOf<FeatureTransferException>().With.Message.Contains($"{channels} channels"));

    [TestCase(ElementType.Bool)]
    [TestCase(ElementType.Int8)]
    public void Extract_InputThatPixelsDoNotFit_IsRefused(ElementType type) =>
        Assert.That(() => Features(OnnxFiles.Means(type, ElementType.Float)), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(type.ToString()));

    [Test]
    public void Extract_BytesThatTheCardScales_IsRefused()
    {
        var card = Card(OnnxFiles.Means(ElementType.Uint8, ElementType.Float)) with { Preprocessing = new ImagePreprocessing { Height = 4, Width = 4 } };
        Assert.That(() => Features(card), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("$.preprocessing").And.Message.Contains("\"scale\": 1"));
    }

    [Test]
    public void Extract_SecondInput_IsFilledByTheCard()
    {
        var card = Card(OnnxFiles.TwoInputs(ElementType.Float));
        Assert.That(() => Features(card), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("otherInputs"));
        Assert.That(Features(card with { OtherInputs = new Dictionary<string, double> { ["other"] = 3 } }), Is.EqualTo(new[] { 60 / 255f, 0.6f, 3 }).Within(1e-5));
    }

    [Test]
    public void Extract_FourImagesAtOnce_WorksWhereRowsStandApart()
    {
        Assert.That(Features(OnnxFiles.FourAtOnce(mixing: false)), Is.EqualTo(new[] { 20 / 255f, 0.2f, 1 }).Within(1e-5));
        Assert.That(() => Features(OnnxFiles.FourAtOnce(mixing: true)), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("4 rows at once").And.Message.Contains("'all' (ReduceMean)"));
    }

    [Test]
    public void Extract_FeaturesThatAreNoNumbers_AreRejectedWithTheirImage()
    {
        var rejected = new RejectedRowCollector();
        var model = Save(OnnxFiles.NoNumbers());
        using var extractor = new FeatureExtractor(_images.Options with { Backbone = model }, FeatureTransferServices.Default with { Rejected = rejected });
        Assert.That(extractor.Extract(_images.Paths), Is.Empty);
        Assert.That(rejected.Rows.Select(row => row.Input), Is.EqualTo(_images.Paths));
        Assert.That(rejected.Rows[0].Reason, Does.Contain("NaN").And.Contain("feature 0"));
    }

    private float[] Features(OnnxModel model) => Features(Save(model), FeatureTransferServices.Default);

    private float[] Features(ModelCard card) => Features(card.Id, FeatureTransferServices.Default with { Catalog = new ModelCatalog([card]) });

    private float[] Features(string backbone, FeatureTransferServices services)
    {
        using var extractor = new FeatureExtractor(_images.Options with { Backbone = backbone }, services);
        return extractor.Extract([_images.Paths[2]]).Single().Features;
    }

    private string Save(OnnxModel model)
    {
        var path = Path.Combine(_images.Folder, "odd.onnx");
        model.Save(path);
        return path;
    }

    private ModelCard Card(OnnxModel model)
    {
        var card = ModelCardGuess.OfInput(Save(model), OnnxModel.Load(Path.Combine(_images.Folder, "odd.onnx")), new ImagePreprocessing());
        return card with { Id = "odd.test" };
    }
}
