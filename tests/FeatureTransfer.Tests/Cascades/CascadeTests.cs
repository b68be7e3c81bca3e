using FeatureTransfer.Cascades;
using FeatureTransfer.Devices;

namespace FeatureTransfer.Tests.Cascades;

public class CascadeTests
{
    private static readonly CascadePort _page = new("page", CascadeKind.Image);
    private static readonly CascadePort _boxes = new("boxes", CascadeKind.Boxes);

    [Test]
    public void Build_BoxesWhereImagesAreWanted_NamesBothEndsAndTheWayOut() => Assert.That(
        () => new Cascade([_page], new GivenStage("detect", _boxes), new ImagesToTensor("classify", "boxes", "pixels")),
        Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo("Stage 'detect' gives 'boxes': boxes (n, 4), and stage 'classify' wants 'boxes': images: put BoxesToCrops between them."));

    [Test]
    public void Build_ShapesThatDoNotFit_NamesBothEnds()
    {
        using var model = new OnnxStage("colours", SmallModels.Colours(), "pixels", "answer", Device.Cpu);
        Assert.That(
            () => new Cascade([_page], new ImagesToTensor("shrink", "page", "pixels", new ImagesToTensorOptions { Height = 8, Width = 4 }, CascadeKind.Image), model),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'shrink' gives 'pixels': tensor (?, 3, 8, 4)").And.Message.EndsWith("'colours' wants 'pixels': tensor (?, 3, 4, 4)."));
    }

    [Test]
    public void Build_ValueThatNobodyGives_NamesTheNearest() => Assert.That(
        () => new Cascade([_page], new GivenStage("detect", _boxes), new BoxesToCrops("cut", "page", "boxs", "crops")),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'cut' wants 'boxs'").And.Message.EndsWith("There are the input's 'page': image; stage 'detect''s 'boxes': boxes (n, 4)."));

    [Test]
    public void Build_TwoValuesOfOneName_IsRefused() => Assert.That(
        () => new Cascade([_page], new GivenStage("one", _boxes), new GivenStage("two", _boxes)),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'one'").And.Message.Contains("'two'"));

    [Test]
    public void Run_CropsOfAnImage_GoThroughTheNextModel()
    {
        var image = TestImages.SolidPng(20, 10, 51, 102, 255);
        var boxes = new CascadeTensor(new float[] { 0, 0, 10, 10, 5, 2, 30, 40 }, 2, 4);
        using var cascade = new Cascade(
            [_page],
            new GivenStage("detect", _boxes, boxes),
            new BoxesToCrops("cut", "page", "boxes", "crops"),
            new ImagesToTensor("resize", "crops", "pixels", new ImagesToTensorOptions { Height = 4, Width = 4, Mean = [0, 0, 0], StandardDeviation = [1, 1, 1] }),
            new OnnxStage("colours", SmallModels.Colours(), "pixels", "answer", Device.Cpu));
        var answer = (CascadeTensor)cascade.Run(new Dictionary<string, object> { ["page"] = image })["answer"];
        Assert.That(answer.Shape, Is.EqualTo(new[] { 2, 3, 4, 4 }));
        Assert.That(answer.Values.ToArray(), Is.EqualTo(Enumerable.Range(0, 2).SelectMany(_ => (float[])[.. Enumerable.Repeat(1.4f, 16), .. Enumerable.Repeat(1.8f, 16), .. Enumerable.Repeat(3f, 16)])).Within(1e-5));
    }

    [Test]
    public void Run_NoBoxes_GivesNoRows()
    {
        using var cascade = new Cascade(
            [_page],
            new GivenStage("detect", _boxes, new CascadeTensor(ReadOnlyMemory<float>.Empty, 0, 4)),
            new BoxesToCrops("cut", "page", "boxes", "crops"),
            new ImagesToTensor("resize", "crops", "pixels", new ImagesToTensorOptions { Height = 4, Width = 4 }),
            new OnnxStage("colours", SmallModels.Colours(), "pixels", "answer", Device.Cpu));
        Assert.That(((CascadeTensor)cascade.Run(new Dictionary<string, object> { ["page"] = TestImages.SolidPng(4, 4, 1, 2, 3) })["answer"]).Shape[0], Is.Zero);
    }

    [Test]
    public void ArgMaxToLabel_BelowTheThreshold_GivesTheOtherName()
    {
        var stage = new ArgMaxToLabel("name", "scores", "labels", ["cat", "dog"], 0.6f, "unknown");
        Assert.That(stage.Run([new CascadeTensor(new[] { 0.3f, 0.7f, 0.55f, 0.45f }, 2, 2)], CancellationToken.None)[0], Is.EqualTo(new[] { "dog", "unknown" }));
    }

    [Test]
    public void Threshold_Boxes_KeepsTheSureOnes()
    {
        var stage = new Threshold("sure", "boxes", "scores", "kept", 0.5f);
        var kept = (CascadeTensor)stage.Run([new CascadeTensor(new float[] { 1, 2, 3, 4, 5, 6, 7, 8 }, 2, 4), new CascadeTensor(new[] { 0.4f, 0.5f }, 2)], CancellationToken.None)[0];
        Assert.That(kept.Values.ToArray(), Is.EqualTo(new float[] { 5, 6, 7, 8 }));
    }

    [Test]
    public void CtcToText_RepeatsAndBlanks_AreLeftOut()
    {
        var steps = new[] { 1, 1, 0, 1, 2, 2, 0 }.SelectMany(best => Enumerable.Range(0, 3).Select(place => place == best ? 1f : 0f)).ToArray();
        Assert.That(new CtcToText("read", "steps", "texts", ["a", "b"]).Run([new CascadeTensor(steps, 1, 7, 3)], CancellationToken.None)[0], Is.EqualTo(new[] { "aab" }));
    }

    [Test]
    public void Run_ImageThatEndsTooEarly_IsBadInput()
    {
        var image = TestImages.NoisePng(32, 32, new Random(1));
        var stage = new ImagesToTensor("read", "page", "pixels", null, CascadeKind.Image);
        Assert.That(() => stage.Run([image[..^500]], CancellationToken.None), Throws.TypeOf<BadInputException>());
    }

    [Test]
    public void Constructor_NumbersThatDoNotFillTheShape_SaysBoth() =>
        Assert.That(() => new CascadeTensor(new float[3], 2, 2), Throws.ArgumentException.With.Message.Contains("There are 3 numbers for a tensor (2, 2)."));
}
