using FeatureTransfer.Cascades;
using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.Tests.Cascades;

/// <summary>A backbone within a cascade gives what it gives alone, out of a file too.</summary>
public class FeatureStageTests
{
    private readonly List<byte[]> _crops = [TestImages.SolidPng(8, 8, 250, 20, 10), TestImages.SolidPng(4, 6, 5, 25, 245)];
    private ColourImages _images = null!;

    [OneTimeSetUp]
    public void Make() => _images = new ColourImages(1);

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [TestCase(false)]
    [TestCase(true)]
    public void Run_Crops_GivesARowOfFeaturesEach(bool saved)
    {
        using var extractor = new FeatureExtractor(_images.Options);
        var expected = extractor.Extract(_crops.Select((crop, i) => InputValue.FromBytes(crop, $"{i}"))).SelectMany(row => row.Features).ToArray();
        using var cascade = Opened([new("crops", CascadeKind.Images)], Stage("crops"), saved);
        var features = (CascadeTensor)cascade.Run(new Dictionary<string, object> { ["crops"] = _crops })["features"];
        Assert.That(features.Shape, Is.EqualTo(new[] { 2, extractor.FeatureLength }));
        Assert.That(features.Values.ToArray(), Is.EqualTo(expected));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Run_OneImage_GivesOneRow(bool saved)
    {
        using var cascade = Opened([new("photo", CascadeKind.Image)], Stage("photo", readsOneImage: true), saved);
        Assert.That(((CascadeTensor)cascade.Run(new Dictionary<string, object> { ["photo"] = _crops[0] })["features"]).Shape[0], Is.EqualTo(1));
    }

    [Test]
    public void Run_NoCrops_GivesNoRows()
    {
        using var stage = Stage("crops");
        Assert.That(((CascadeTensor)stage.Run([new List<byte[]>()], CancellationToken.None)[0]).Shape, Is.EqualTo(new[] { 0, (int)stage.Outputs[0].Shape[1]! }));
    }

    [Test]
    public void Run_WhatIsNoImage_SaysHowMany()
    {
        using var stage = Stage("crops");
        Assert.That(() => stage.Run([new List<byte[]> { _crops[0], "none"u8.ToArray() }], CancellationToken.None), Throws.TypeOf<BadInputException>().With.Message.Contains("1 of 2"));
    }

    [Test]
    public void Constructor_BoxesWhereImagesAreWanted_SaysWhatGoesBetween()
    {
        using var stage = Stage("boxes");
        Assert.That(() => new Cascade([new("boxes", CascadeKind.Boxes)], stage), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("put BoxesToCrops between them"));
    }

    private FeatureStage Stage(string input, bool readsOneImage = false) => new("look", input, "features", _images.Options, readsOneImage);

    private Cascade Opened(IReadOnlyList<CascadePort> inputs, FeatureStage stage, bool saved)
    {
        var cascade = new Cascade(inputs, stage);
        if (!saved)
            return cascade;
        using (cascade)
        {
            var path = Path.Combine(_images.Folder, "features.cascade");
            cascade.Save(path);
            return Cascade.Load(path);
        }
    }
}
