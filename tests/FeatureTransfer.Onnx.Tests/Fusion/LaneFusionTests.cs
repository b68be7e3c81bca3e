using FeatureTransfer.Onnx.Fusion;
using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Kernels.Lanes;

namespace FeatureTransfer.Onnx.Tests.Fusion;

/// <summary>Networks in lanes against the same networks by ONNX Runtime's own convolutions.</summary>
[TestFixture]
internal sealed class LaneFusionTests
{
    private const double Rounding = 2e-5;

    // Sizes that are no multiple of seven pixels or sixteen channels, fewer than seven pixels, and panels of one, two and three blocks.
    [TestCase(24, 40, 24, 9, 13, 1, "1,1,1,1", "Clip", "", true, 1)]
    [TestCase(16, 96, 24, 14, 14, 2, "0,0,1,1", "Clip", "", false, 2)]
    [TestCase(16, 96, 24, 14, 14, 2, "1,1,1,1", "Relu", "Relu", false, 1)]
    [TestCase(8, 20, 70, 5, 4, 1, "1,1,1,1", "ClipBelow", "", false, 3)]
    [TestCase(32, 48, 32, 30, 7, 1, "1,1,1,1", "", "", true, 2)]
    [TestCase(5, 33, 17, 8, 11, 1, "0,0,0,0", "Relu", "Clip", false, 1)]
    [TestCase(17, 64, 16, 3, 3, 2, "1,0,0,1", "Clip", "", false, 2)]
    [TestCase(16, 16, 16, 58, 60, 1, "1,1,1,1", "Relu", "", true, 1)]
    public void Rewrite_Bottleneck_ComputesTheSame(int inputs, int widened, int outputs, int height, int width, int stride, string pads, string inner, string last, bool isResidual, int batch)
    {
        var network = new LaneNetwork(inputs, height, width).Conv(inputs, widened).Activation(inner).Depthwise(widened, stride, pads).Activation(inner).Conv(widened, outputs).Activation(last);
        if (isResidual)
            network.Plus("x");
        network.Output();
        Assert.That(network.Operators(), Is.EqualTo(new[] { ToLanes.OperatorName, InvertedResidual.OperatorName, FromLanes.OperatorName }));
        Assert.That(network.Rewritten(batch)[0], Is.EqualTo(network.Expected(batch)[0]).Within(Rounding));
    }

    [TestCase(3, 32, 2, "0,0,1,1", 15, 22)]
    [TestCase(3, 20, 2, "1,1,1,1", 14, 14)]
    [TestCase(1, 64, 1, "1,1,1,1", 9, 10)]
    [TestCase(4, 16, 1, "2,1,0,0", 6, 5)]
    public void Rewrite_NetworkFromItsFirstConvolution_IsOneOperatorABottleneck(int channels, int first, int stride, string pads, int height, int width)
    {
        var network = new LaneNetwork(channels, height, width).Conv(channels, first, 3, 1, stride, pads).Activation("Clip").Depthwise(first).Activation("Clip").Conv(first, 24)
            .Conv(24, 144).Activation("Clip").Depthwise(144).Activation("Clip").Conv(144, 40).Conv(40, 50).Activation("Relu").Mean("GlobalAveragePool", keepsAxes: true).Output();
        Assert.That(network.Operators(), Is.EqualTo(new[] { InvertedResidual.OperatorName, InvertedResidual.OperatorName, LanePointwise.OperatorName, LaneMean.OperatorName }));
        Assert.That(network.Rewritten(2)[0], Is.EqualTo(network.Expected(2)[0]).Within(Rounding).And.Length.EqualTo(100));
    }

    [Test]
    public void Rewrite_FirstConvolutionOfLargerWindowThatIsReadTwice_StandsByItself()
    {
        var network = new LaneNetwork(3, 20, 17).Conv(3, 24, 5, 1, 2, "2,2,2,2", bias: false).Activation("Relu").Output();
        network.Depthwise(24).Conv(24, 24, bias: false).Output();
        Assert.That(network.Operators(), Is.EqualTo(new[] { ImageToLanes.OperatorName, FromLanes.OperatorName, InvertedResidual.OperatorName, FromLanes.OperatorName }));
        var (own, expected) = (network.Rewritten(2), network.Expected(2));
        Assert.That(own[0], Is.EqualTo(expected[0]).Within(Rounding));
        Assert.That(own[1], Is.EqualTo(expected[1]).Within(Rounding));
    }

    [Test]
    public void Rewrite_FirstConvolutionBehindABottleneck_GetsItsImagesOutOfTheLanes()
    {
        var network = new LaneNetwork(16, 9, 8).Depthwise(16).Conv(16, 4).Conv(4, 24, 3, 1, 1, "1,1,1,1").Activation("Relu").Depthwise(24).Conv(24, 8).Output();
        Assert.That(network.Operators(), Is.EqualTo(new[] { ToLanes.OperatorName, InvertedResidual.OperatorName, FromLanes.OperatorName, InvertedResidual.OperatorName, FromLanes.OperatorName }));
        Assert.That(network.Rewritten(2)[0], Is.EqualTo(network.Expected(2)[0]).Within(Rounding));
    }

    [TestCase("ReduceMean", true)]
    [TestCase("ReduceMean", false)]
    [TestCase("GlobalAveragePool", true)]
    public void Rewrite_LayerWithinABottleneckThatIsReadToo_IsPooledInLanes(string op, bool keepsAxes)
    {
        var network = new LaneNetwork(16, 9, 7).Depthwise(16).Activation("Relu").Conv(16, 24);
        var input = network.Last;
        network.Conv(24, 72).Activation("Clip");
        var widened = network.Last;
        network.Depthwise(72).Activation("Clip").Conv(72, 24).Plus(input, first: true).Output();
        network.Node("Identity", [widened]).Node("Identity", [widened]);
        network.Node("Max", [widened]).Mean(op, keepsAxes).Output();
        Assert.That(network.Operators().Count(name => name == InvertedResidual.OperatorName), Is.EqualTo(2));

        var pooled = new LaneNetwork(16, 9, 7).Depthwise(16).Activation("Relu").Conv(16, 24).Conv(24, 72).Activation("Clip").Mean(op, keepsAxes).Output();
        Assert.That(pooled.Operators(), Is.EqualTo(new[] { ToLanes.OperatorName, InvertedResidual.OperatorName, LanePointwise.OperatorName, LaneMean.OperatorName }));
        foreach (var each in new[] { network, pooled })
        {
            var expected = each.Expected(2);
            var shapes = each.Shapes;
            var own = each.Rewritten(2);
            Assert.That(each.Shapes, Is.EqualTo(shapes));
            for (var i = 0; i < own.Length; i++)
                Assert.That(own[i], Is.EqualTo(expected[i]).Within(Rounding));
        }
    }

    [Test]
    public void Rewrite_WeightsThatNothingReadsAnyMore_Go()
    {
        var network = new LaneNetwork(16, 8, 8).Depthwise(16).Conv(16, 8).Output();
        LaneFusion.Rewrite(network.Graph);
        Assert.That(network.Graph.Initializer.Select(tensor => tensor.Dims.Count), Has.None.EqualTo(4));
    }

    [Test]
    public void Rewrite_FirstConvolutionThatASumReadsToo_IsAddedByItself()
    {
        var network = new LaneNetwork(3, 8, 8).Conv(3, 16, 3, 1, 1, "1,1,1,1").Activation("Relu");
        var first = network.Last;
        network.Depthwise(16).Conv(16, 16).Plus(first).Output();
        Assert.That(network.Operators(), Has.One.EqualTo("Add"));
        Assert.That(network.Rewritten(2)[0], Is.EqualTo(network.Expected(2)[0]).Within(Rounding));
    }

    [Test]
    public void Rewrite_SumThatChangesTheShape_IsAddedByItself()
    {
        LaneNetwork[] networks =
        [
            new LaneNetwork(16, 1, 8).Activation("Relu").Depthwise(16, 1, "1,0,1,2").Conv(16, 16), new LaneNetwork(1, 8, 8).Activation("Relu").Conv(1, 24).Depthwise(24).Conv(24, 16),
        ];
        foreach (var network in networks)
        {
            network.Plus("t").Output();
            Assert.That(network.Operators(), Has.One.EqualTo("Add"));
            Assert.That(network.Rewritten(2)[0], Is.EqualTo(network.Expected(2)[0]).Within(Rounding));
        }
    }

    [TestCase("SAME_UPPER", 1, true)]
    [TestCase("SAME_LOWER", 1, true)]
    [TestCase("VALID", 2, true)]
    [TestCase("SAME_UPPER", 2, false)]
    public void Rewrite_AutoPad_IsTakenWhereItDoesNotDependOnTheSize(string autoPad, int stride, bool isTaken)
    {
        var network = new LaneNetwork(16, 10, 10).Conv(16, 16, 3, 16, stride, autoPad: autoPad).Conv(16, 8).Output();
        Assert.That(network.Operators(), isTaken ? Has.Some.EqualTo(InvertedResidual.OperatorName) : Is.EqualTo(new[] { "Conv", "Conv" }));
        Assert.That(network.Rewritten(1)[0], Is.EqualTo(network.Expected(1)[0]).Within(Rounding));
    }

    [Test]
    public void Rewrite_OtherNetworks_StayAsTheyAre()
    {
        LaneNetwork[] others =
        [
            new LaneNetwork(16, 8, 8).Conv(16, 16, 3, 16, 1, "1,1,1,1", dilation: 2).Conv(16, 8),
            new LaneNetwork(16, 8, 8).Conv(16, 16, 5, 16, 1, "2,2,2,2").Conv(16, 8),
            new LaneNetwork(16, 8, 8).Conv(16, 16, 3, 4, 1, "1,1,1,1").Conv(16, 8),
            new LaneNetwork(16, 8, 8).Conv(16, 16, 3, 16, 1, "2,2,2,2").Conv(16, 8),
            new LaneNetwork(16, 8, 8).Depthwise(16).Activation("Sigmoid").Conv(16, 8),
            new LaneNetwork(16, 8, 8).Depthwise(16).Activation("ClipByInput").Conv(16, 8),
            new LaneNetwork(16, 8, 8).Depthwise(16).Activation("ClipByNothing").Conv(16, 8),
            new LaneNetwork(16, 8, 8).Depthwise(16).Output().Conv(16, 8),
            new LaneNetwork(16, 8, 8).Depthwise(16).Conv(16, 8, 3, 1, 1, "1,1,1,1"),
            new LaneNetwork(16, 8, 8).Conv(16, 32).Conv(32, 8),
            new LaneNetwork(16, 8, 8).Depthwise(16).Conv(16, 8, 1, 2),
            new LaneNetwork(16, 8, 8).Depthwise(16).Conv(16, 8, 1, 1, 2),
            new LaneNetwork(16, 8, 8).Depthwise(16).Conv(16, 8, 1, 1, 1, "1,1,1,1"),
        ];
        foreach (var other in others)
        {
            other.Output();
            Assert.That(LaneFusion.Rewrite(other.Graph), Is.False);
            Assert.That(other.Operators(), Has.None.EqualTo(InvertedResidual.OperatorName));
        }
    }

    [Test]
    public void Rewrite_SumWithAnotherTensor_IsAddedByItself()
    {
        var network = new LaneNetwork(24, 8, 8).Activation("Relu");
        var other = network.Last;
        network.Conv(24, 48).Activation("Relu");
        var input = network.Last;
        network.Depthwise(48).Conv(48, 24).Plus(other).Output();
        network.Node("Sigmoid", [input]).Output();
        Assert.That(network.Operators(), Has.Some.EqualTo(InvertedResidual.OperatorName).And.None.EqualTo("Add"), "what the layer before widens went in");
        var third = new LaneNetwork(24, 8, 8).Activation("Relu").Depthwise(24).Conv(24, 24).Plus("x").Output();
        Assert.That(third.Operators(), Has.Some.EqualTo("Add"));
        foreach (var each in new[] { network, third })
            Assert.That(each.Rewritten(2)[0], Is.EqualTo(each.Expected(2)[0]).Within(Rounding));
    }

    [TestCase(1, 1)]
    [TestCase(1, 2)]
    [TestCase(3, 1)]
    [TestCase(3, 2)]
    public void Rewrite_ImageInABatchAndOnSeveralThreads_GivesTheSameBits(int batch, int threads)
    {
        var network = new LaneNetwork(3, 60, 59).Conv(3, 32, 3, 1, 2, "1,1,1,1").Activation("Clip").Depthwise(32).Activation("Clip").Conv(32, 16)
            .Conv(16, 96).Activation("Clip").Depthwise(96, 2).Activation("Clip").Conv(96, 24).Conv(24, 70).Output();
        var alone = network.Rewritten(1, skip: batch - 1)[0];
        var together = network.Rewritten(batch, threads)[0];
        Assert.That(together, Is.EqualTo(network.Expected(batch)[0]).Within(Rounding));
        Assert.That(together[^alone.Length..], Is.EqualTo(alone));
    }

    [Test]
    public void TryApply_ModelWithBottlenecks_IsAModelForThisMachineAlone()
    {
        var network = new LaneNetwork(16, 8, 8).Depthwise(16).Conv(16, 8).Output();
        var model = network.Model();
        var (before, fused) = (model.ToBytes(), LaneFusion.TryApply(model));
        Assert.That(fused is not null, Is.EqualTo(LaneLayout.IsFast));
        Assert.That(model.ToBytes(), Is.EqualTo(before), "the original stays as it is");
        if (fused is not null)
            Assert.That(fused.Proto.OpsetImport.Select(set => set.Domain), Has.Some.EqualTo(KernelOperators.Domain));
    }

    [Test]
    public void TryApply_NothingToGain_IsNull()
    {
        var quantized = new LaneNetwork(16, 8, 8).Depthwise(16).Conv(16, 8).Output();
        quantized.Graph.Node.Add(new Proto.NodeProto { OpType = "QuantizeLinear" });
        var old = new LaneNetwork(16, 8, 8).Depthwise(16).Conv(16, 8).Output().Model();
        old.Proto.OpsetImport[0].Version = 6;
        Assert.Multiple(() =>
        {
            Assert.That(LaneFusion.TryApply(new LaneNetwork(16, 8, 8).Conv(16, 32).Output().Model()), Is.Null);
            Assert.That(LaneFusion.TryApply(quantized.Model()), Is.Null);
            Assert.That(LaneFusion.TryApply(old), Is.Null);
        });
    }
}
