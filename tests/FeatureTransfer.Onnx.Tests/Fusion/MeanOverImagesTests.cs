using FeatureTransfer.Onnx.Fusion;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Fusion;

/// <summary>Which nodes take the mean over height and width.</summary>
public class MeanOverImagesTests
{
    [TestCase(new[] { 2L, 3 }, null, true)]
    [TestCase(new[] { -1L, -2 }, 1L, true)]
    [TestCase(new[] { 3L, -2 }, 0L, false)]
    [TestCase(new[] { 0L, 2, 3 }, null, null)]
    [TestCase(new[] { 2L }, 0L, null)]
    [TestCase(new[] { 1L, 2 }, 0L, null)]
    public void KeepsAxes_ReduceMean_AsItsAxesAre(long[] axes, long? keepsAxes, bool? expected)
    {
        var before = new NodeProto { OpType = "ReduceMean", Input = { "x" }, Attribute = { GraphBuilder.Ints("axes", axes) } };
        var since = new NodeProto { OpType = "ReduceMean", Input = { "x", "axes" } };
        foreach (var node in new[] { before, since })
        {
            if (keepsAxes is { } value)
                node.Attribute.Add(GraphBuilder.Int("keepdims", value));
            Assert.That(MeanOverImages.KeepsAxes(node, name => name == "axes" ? axes : null), Is.EqualTo(expected));
        }
    }

    [Test]
    public void KeepsAxes_AnotherNode_IsToldApart()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(MeanOverImages.KeepsAxes(new NodeProto { OpType = "GlobalAveragePool", Input = { "x" } }, _ => null), Is.True);
            Assert.That(MeanOverImages.KeepsAxes(new NodeProto { OpType = "ReduceMean", Input = { "x" } }, _ => null), Is.Null, "over all axes");
            Assert.That(MeanOverImages.KeepsAxes(new NodeProto { OpType = "ReduceSum", Input = { "x", "axes" } }, _ => [2, 3]), Is.Null);
        }
    }
}
