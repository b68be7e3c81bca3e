using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests;

public class BottlenecksTests
{
    [Test]
    public void Find_Residual_LeavesItsInsideOut() => Assert.That(
        Bottlenecks.Find(SmallModels.Stages(), "x"),
        Is.EquivalentTo(new[] { "pool1", "act1", "pool2", "block2", "pool3", "act3", "pool4", "act4", "mean", "flat", "scores", "probabilities" }));

    [Test]
    public void Find_SizesAskedFor_AreNoUse()
    {
        var model = SmallModels.Stages();
        model.Proto.Graph.Node.Insert(0, new NodeProto { OpType = "Shape", Input = { "x" }, Output = { "shape" } });
        var flatten = model.Proto.Graph.Node.Single(node => node.OpType == "Flatten");
        flatten.OpType = "Reshape";
        flatten.Input.Add("shape");
        Assert.That(Bottlenecks.Find(model, "x"), Does.Contain("pool1").And.Contain("flat"));
    }
}
