using FeatureTransfer.Backbones;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Tests.Extraction;

public class GoldenVectorsTests
{
    private string _folder = "";
    private string _image = "";
    private ModelCard _card = null!;

    [SetUp]
    public void Make()
    {
        _folder = Directory.CreateTempSubdirectory("ft-golden-").FullName;
        _image = Path.Combine(_folder, "ramp.png");
        File.WriteAllBytes(_image, TestImages.Png(64, 64, TestImages.Ramp(64, 64)));
        var model = Path.Combine(_folder, "net.onnx");
        SmallModels.Stages(factor: 3).Save(model);
        _card = ModelCardGuess.OfFile(model) with { DefaultLayers = ["stride16", "features"], DefaultPooling = FeatureTransfer.Onnx.Pooling.Flatten };
        _card = _card with { Golden = GoldenVectors.Record(_card, [_image]) };
    }

    [TearDown]
    public void Drop() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Record_Image_KeepsTheFirstFeaturesAndTheHash()
    {
        var golden = _card.Golden.Single();
        Assert.That(golden.Name, Is.EqualTo("ramp.png"));
        Assert.That(GoldenVectors.Hash([_image]), Does.ContainKey(golden.Sha256));
        Assert.That(golden.Features, Has.Count.EqualTo(GoldenVectors.Length));

        // Four halvings average the ramp of red over 16 columns; each of the four stages multiplies, the second adds its input once more.
        Assert.That(golden.Features[0], Is.EqualTo(7.5f / 63 * 3 * 4 * 3 * 3).Within(2).Percent);
        Assert.That(golden.Features[1] / golden.Features[0], Is.EqualTo(23.5f / 7.5f).Within(0.05));
    }

    [Test]
    public void Replay_SameBackbone_Agrees()
    {
        var moved = Path.Combine(_folder, "other name.png");
        File.Move(_image, moved);
        var replay = GoldenVectors.Replay(_card, GoldenVectors.Hash([moved])).Single();
        Assert.That(replay.File, Is.EqualTo(moved));
        Assert.That(replay.Deviation, Is.Zero.Within(1e-6));
    }

    [Test]
    public void Replay_OtherPreprocessing_Deviates()
    {
        var changed = _card with { Preprocessing = _card.Preprocessing.WithPreset(ImagePreset.Caffe) };
        Assert.That(GoldenVectors.Replay(changed, GoldenVectors.Hash([_image])).Single().Deviation, Is.GreaterThan(GoldenVectors.Tolerance));
    }

    [Test]
    public void Replay_FewerFeatures_Deviate()
    {
        var changed = _card with { DefaultLayers = ["features"] };
        Assert.That(GoldenVectors.Replay(changed, GoldenVectors.Hash([_image])).Single().Deviation, Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void Replay_ImageIsNotThere_SaysSo() =>
        Assert.That(GoldenVectors.Replay(_card, new Dictionary<string, string>()).Single(), Has.Property("File").Null.And.Property("Features").Empty);

    [Test]
    public void Record_NoImage_NamesTheFile()
    {
        var text = Path.Combine(_folder, "notes.png");
        File.WriteAllText(text, "no image");
        Assert.That(() => GoldenVectors.Record(_card, [text]), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("notes.png"));
        Assert.That(() => GoldenVectors.Hash([Path.Combine(_folder, "absent.png")]), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("absent.png"));
    }

    [TestCase(new[] { 1f, -2f }, new[] { 1f, -2.02f }, 0.01)]
    [TestCase(new[] { 0f, 0f }, new[] { 0f, 0.00001f }, 0.01)]
    [TestCase(new[] { 1f }, new[] { float.NaN }, double.PositiveInfinity)]
    public void Deviation_IsAShareOfTheLargestRecorded(float[] golden, float[] now, double expected) =>
        Assert.That(new GoldenReplay(new GoldenVector { Sha256 = "", Features = golden }, "x.png", now).Deviation, Is.EqualTo(expected).Within(1e-5));
}
