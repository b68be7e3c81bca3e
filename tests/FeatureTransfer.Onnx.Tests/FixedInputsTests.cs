using ElementType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Tests;

public class FixedInputsTests
{
    [TestCase(ElementType.Float, 0.5, 0.5f)]
    [TestCase(ElementType.Double, 0.5, 0.5f)]
    [TestCase(ElementType.Float16, 0.5, 0.5f)]
    [TestCase(ElementType.Int64, 3, 3f)]
    [TestCase(ElementType.Int32, 3, 3f)]
    [TestCase(ElementType.Uint8, 3, 3f)]
    [TestCase(ElementType.Bool, 1, 1f)]
    [TestCase(ElementType.Bool, 0, 0f)]
    public void Apply_NumberForAnInput_FillsItAndLeavesTheImage(ElementType type, double value, float factor)
    {
        var model = FixedInputs.Apply(OnnxFiles.TwoInputs(type), new Dictionary<string, double> { ["other"] = value }, "card.json");
        var pixels = Enumerable.Range(0, 48).Select(i => (float)i).ToArray();
        Assert.That(model.Inputs.Select(input => input.Name), Is.EqualTo(new[] { "x" }));
        Assert.That(Onnxes.Run(model, pixels, [1, 3, 4, 4])["y"], Is.EqualTo(pixels.Select(pixel => pixel * factor)));
    }

    [Test]
    public void Apply_UnknownInput_NamesTheNearest() => Assert.That(
        () => FixedInputs.Apply(OnnxFiles.TwoInputs(ElementType.Float), new Dictionary<string, double> { ["othr"] = 1 }, "card.json"),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("card.json: $.otherInputs.othr").And.Message.Contains("Did you mean 'other'?"));

    [Test]
    public void Apply_InputOfTexts_IsRefused() => Assert.That(
        () => FixedInputs.Apply(OnnxFiles.TwoInputs(ElementType.String), new Dictionary<string, double> { ["other"] = 1 }, "card.json"),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("String"));
}
