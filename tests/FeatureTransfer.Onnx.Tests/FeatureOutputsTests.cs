using ElementType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Tests;

public class FeatureOutputsTests
{
    [Test]
    public void Arrange_DecisionFirst_PutsTheFloatsBeforeIt() =>
        Assert.That(FeatureOutputs.Arrange(OnnxFiles.DecisionFirst()).Outputs.Select(output => output.Name), Is.EqualTo(new[] { "y", "label" }));

    [Test]
    public void Arrange_ListFirst_LeavesItOut() =>
        Assert.That(FeatureOutputs.Arrange(OnnxFiles.ListFirst()).Outputs.Select(output => output.Name), Is.EqualTo(new[] { "z" }));

    [Test]
    public void Arrange_ListsOnly_IsRefused()
    {
        var model = OnnxFiles.ListFirst();
        model.Proto.Graph.Output.RemoveAt(1);
        Assert.That(() => FeatureOutputs.Arrange(model), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("no output is a tensor"));
    }

    [Test]
    public void Arrange_FloatsOnly_StaysTheSame()
    {
        var model = OnnxFiles.Means(ElementType.Float, ElementType.Float);
        Assert.That(FeatureOutputs.Arrange(model), Is.SameAs(model));
    }
}
