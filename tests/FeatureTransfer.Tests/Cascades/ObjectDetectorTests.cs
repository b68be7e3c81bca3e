using FeatureTransfer.Backbones;
using FeatureTransfer.Cascades;
using FeatureTransfer.Devices;

namespace FeatureTransfer.Tests.Cascades;

/// <summary>A detector that sees red and green cells, on pictures of known content.</summary>
public class ObjectDetectorTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-detector-").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Run_Picture_GivesBoxesInItsOwnPixels()
    {
        var (boxes, scores, labels) = Detect(Picture((5, 1, 0, 255), (2, 2, 1, 204)));
        Assert.That(labels, Is.EqualTo(new[] { "red", "green" }));
        Assert.That(scores.Values.ToArray(), Is.EqualTo(new[] { 1f, 0.8f }).Within(1e-6));
        Assert.That(boxes.Shape, Is.EqualTo(new[] { 2, 4 }));
        Assert.That(boxes.Values.ToArray(), Is.EqualTo(new float[] { 6, 0, 12, 4, 0, 2, 6, 6 }).Within(1e-5));
    }

    [Test]
    public void Load_SavedDetector_FindsTheSame()
    {
        var picture = new Dictionary<string, object> { ["photo"] = Picture((5, 1, 0, 255), (2, 2, 1, 204)) };
        using var cascade = new Cascade([new("photo", CascadeKind.Image)], Detector(new ObjectDetectorOptions { MinScore = 0.9f, Labels = ["red", "green"] }));
        var path = Path.Combine(_folder, "detector.cascade");
        cascade.Save(path);
        File.Delete(Path.Combine(_folder, "cells.onnx"));
        using var loaded = Cascade.Load(path);
        var (values, expected) = (loaded.Run(picture), cascade.Run(picture));
        Assert.That(values["labels"], Is.EqualTo(expected["labels"]).And.EqualTo(new[] { "red" }));
        Assert.That(((CascadeTensor)values["boxes"]).Values.ToArray(), Is.EqualTo(((CascadeTensor)expected["boxes"]).Values.ToArray()));
        Assert.That(((ObjectDetector)loaded.Stages[0]).Options, Is.EqualTo(((ObjectDetector)cascade.Stages[0]).Options));
    }

    [Test]
    public void Run_BlackPicture_GivesNoBoxes()
    {
        var (boxes, scores, labels) = Detect(Picture());
        Assert.That(labels, Is.Empty);
        Assert.That(boxes.Shape, Is.EqualTo(new[] { 0, 4 }));
        Assert.That(scores.Shape, Is.EqualTo(new[] { 0 }));
    }

    [Test]
    public void Run_WantedLabelsAlone_LeavesTheOthersOut() =>
        Assert.That(Detect(Picture((5, 1, 0, 255), (2, 2, 1, 204)), new ObjectDetectorOptions { Labels = ["green"] }).Labels, Is.EqualTo(new[] { "green" }));

    [Test]
    public void Run_NoImage_SaysSo() =>
        Assert.That(() => Detect("nothing"u8.ToArray()), Throws.TypeOf<BadInputException>());

    [Test]
    public void Options_Defaults_AreTheDocumented()
    {
        var options = new ObjectDetectorOptions();
        Assert.That((options.MinScore, options.MaxOverlap, options.SuppressesAcrossLabels, options.MaxObjects, options.Labels.Count), Is.EqualTo((0.3f, 0.5f, true, 100, 0)));
        Assert.That(options, Is.EqualTo(new ObjectDetectorOptions()));
    }

    [TestCase(-0.1f, 0.5f, 100, null, "MinScore")]
    [TestCase(float.NaN, 0.5f, 100, null, "MinScore")]
    [TestCase(0.5f, 1.5f, 100, null, "MaxOverlap")]
    [TestCase(0.5f, 0.5f, 0, null, "MaxObjects")]
    [TestCase(0.5f, 0.5f, 1, "gren", "'green'")]
    public void Constructor_OptionOutOfRange_NamesIt(float score, float overlap, int objects, string? label, string message) => Assert.That(
        () => Detector(new ObjectDetectorOptions { MinScore = score, MaxOverlap = overlap, MaxObjects = objects, Labels = label is null ? [] : [label] }),
        Throws.InstanceOf<ArgumentException>().With.Message.Contains(message));

    [Test]
    public void Constructor_BackboneWithoutTheLayers_NamesThem() => Assert.That(
        () => Detector(change: card => card with { Layers = new Dictionary<string, string>() }),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'net.cells' is no detector").And.Message.Contains("'heatmap'"));

    [Test]
    public void Constructor_LabelsThatDoNotFit_SaysHowMany() => Assert.That(
        () => Detector(change: card => card with { Labels = ["red"] }),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("has 1 labels").And.Message.Contains("h (?, 2, 4, 8)"));

    private (CascadeTensor Boxes, CascadeTensor Scores, IReadOnlyList<string> Labels) Detect(byte[] picture, ObjectDetectorOptions? options = null)
    {
        using var cascade = new Cascade([new("photo", CascadeKind.Image)], Detector(options));
        var values = cascade.Run(new Dictionary<string, object> { ["photo"] = picture });
        return ((CascadeTensor)values["boxes"], (CascadeTensor)values["scores"], (IReadOnlyList<string>)values["labels"]);
    }

    private ObjectDetector Detector(ObjectDetectorOptions? options = null, Func<ModelCard, ModelCard>? change = null)
    {
        var path = Path.Combine(_folder, "cells.onnx");
        SmallModels.Cells().Save(path);
        var card = new ModelCard
        {
            Id = "net.cells",
            Source = new ModelSource { Kind = ModelSourceKind.Path, Path = path },
            Preprocessing = new ImagePreprocessing { Height = 4, Width = 8, Interpolation = Interpolation.Nearest },
            Layers = new Dictionary<string, string> { [ObjectDetector.Heatmap] = "h", [ObjectDetector.Sides] = "s" },
            Labels = ["red", "green"],
        };
        return new ObjectDetector("detect", new BackboneStore(_folder).Open(change?.Invoke(card) ?? card), "photo", "boxes", "scores", "labels", options, Device.Cpu);
    }

    // 16 x 8 pixels, a cell of the network being 2 x 2.
    private static byte[] Picture(params (int X, int Y, int Channel, byte Value)[] cells)
    {
        var rgb = new byte[16 * 8 * 3];
        foreach (var (x, y, channel, value) in cells)
        {
            for (var pixel = 0; pixel < 4; pixel++)
                rgb[(((((2 * y) + (pixel / 2)) * 16) + (2 * x) + (pixel % 2)) * 3) + channel] = value;
        }

        return TestImages.Png(16, 8, rgb);
    }
}
