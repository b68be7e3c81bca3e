using FeatureTransfer.Onnx.Fusion;
using FeatureTransfer.Onnx.Kernels.Integers;
using FeatureTransfer.Onnx.Kernels.Lanes;

namespace FeatureTransfer.Onnx.Tests.Fusion;

/// <summary>What of this machine decides how graphs are rewritten.</summary>
[TestFixture]
internal sealed class GraphFusionTests
{
    [Test]
    public void Key_Machine_IsNamedByWhatItsGraphsDependOn()
    {
        Assert.That(GraphFusion.Key, Does.Match($"^{(LaneLayout.IsFast ? "lanes" : "")}{(IntegerLayout.IsFast ? "integers" : "")}{(LaneLayout.IsFast || IntegerLayout.IsFast ? "[0-9]+" : "")}$"));
    }

    [Test]
    public void TryApply_NetworkInFloats_IsPutIntoLanes()
    {
        var fused = GraphFusion.TryApply(new LaneNetwork(16, 8, 8).Depthwise(16).Conv(16, 8).Output().Model());
        Assert.That(fused?.Proto.Graph.Node.Any(node => node.OpType == InvertedResidual.OperatorName) ?? false, Is.EqualTo(LaneLayout.IsFast));
    }
}
