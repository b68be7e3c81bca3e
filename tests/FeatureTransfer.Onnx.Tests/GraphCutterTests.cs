namespace FeatureTransfer.Onnx.Tests;

public class GraphCutterTests
{
    [Test]
    public void Cut_InnerTensor_DropsWhatItDoesNotNeed()
    {
        var model = SmallModels.Convolution();
        var cut = GraphCutter.Cut(model, ["conv"]);
        Assert.Multiple(() =>
        {
            Assert.That(cut.TensorNames, Is.EqualTo(new[] { "conv" }));
            Assert.That(cut.Proto.Graph.Initializer.Select(tensor => tensor.Name), Is.EquivalentTo(new[] { "w", "b" }));
            Assert.That(cut.Outputs.Select(output => output.Name), Is.EqualTo(new[] { "conv" }));
            Assert.That(cut.ToBytes(), Has.Length.LessThan(model.ToBytes().Length));
            Assert.That(model.TensorNames, Has.Count.EqualTo(4), "the model given is left as it is");
        });
    }

    [Test]
    public void Cut_SeveralTensors_KeepsTheOrderAskedFor()
    {
        var cut = GraphCutter.Cut(SmallModels.Image(), ["minus", "twice"]);
        Assert.That(cut.Outputs.Select(output => output.Name), Is.EqualTo(new[] { "minus", "twice" }));
    }

    [Test]
    public void Cut_UnknownTensor_NamesTheNearest() => Assert.That(
        () => GraphCutter.Cut(SmallModels.Image(), ["twise"]),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'twise'").And.Message.Contains("'twice'"));
}
