using ElementType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Tests;

public class FloatInputTests
{
    private static readonly float[] _colour = [100, 10, 200, 20, 50, 30];

    [TestCase(ElementType.Float16)]
    [TestCase(ElementType.Double)]
    [TestCase(ElementType.Uint8)]
    [TestCase(ElementType.Int32)]
    [TestCase(ElementType.Int64)]
    public void Apply_OtherNumbers_AreMadeOfFloats(ElementType type)
    {
        var model = FloatInput.Apply(OnnxFiles.Doubling(type, 3), "x", 1, false);
        Assert.That(Onnxes.Run(model, [1, 2.25f, 3, 4, 5, 254.75f], [1, 3, 1, 2])["y"], Is.EqualTo(FloatInput.IsWhole(type) ? new[] { 2f, 4, 6, 8, 10, 510 } : [2f, 4.5f, 6, 8, 10, 509.5f]));
    }

    [Test]
    public void Apply_FloatsInThreeChannels_StaysTheSame()
    {
        var model = OnnxFiles.Doubling(ElementType.Float, 3);
        Assert.That(FloatInput.Apply(model, "x", 1, false), Is.SameAs(model));
    }

    // 0.299 red + 0.587 green + 0.114 blue, doubled; the pixels are (100, 200, 50) and (10, 20, 30).
    [TestCase(false, new[] { 306f, 36.3f })]
    [TestCase(true, new[] { 287.5f, 43.7f })]
    public void Apply_OneChannel_TakesTheBrightness(bool isBgr, float[] expected)
    {
        var gray = OnnxFiles.Doubling(ElementType.Float, 1);
        var model = FloatInput.Apply(gray, "x", 1, isBgr);
        Assert.That(Onnxes.Run(model, _colour, [1, 3, 1, 2])["y"], Is.EqualTo(expected).Within(0.1));
        Assert.That(model.Inputs[0].Shape, Is.EqualTo(new long?[] { null, 3, 1, 2 }));
        Assert.That(gray.Inputs[0].Shape[1], Is.EqualTo(1), "the model given is left as it is");
    }

    [Test]
    public void Apply_OneChannelAtTheEnd_TakesTheBrightness()
    {
        var model = FloatInput.Apply(OnnxFiles.Doubling(ElementType.Float16, 1, channelsLast: true), "x", 3, false);
        Assert.That(Onnxes.Run(model, [100, 200, 50, 10, 20, 30], [1, 1, 2, 3])["y"], Is.EqualTo(new[] { 306f, 36.3f }).Within(0.2));
    }

    [Test]
    public void Apply_GraphInsideANode_ReadsTheConvertedInputToo()
    {
        var model = FloatInput.Apply(OnnxFiles.ReadInside(), "x", 1, false);
        Assert.That(Onnxes.Run(model, [1, 2, 3, 4, 5, 6], [1, 3, 1, 2])["y"], Is.EqualTo(new[] { 1f, 2, 3, 4, 5, 6 }));
    }
}
