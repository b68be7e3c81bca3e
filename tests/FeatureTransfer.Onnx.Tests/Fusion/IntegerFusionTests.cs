using FeatureTransfer.Onnx.Fusion;
using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Kernels.Integers;
using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Onnx.Quantization;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Tests.Fusion;

/// <summary>Networks in integers with operators of our own against the same networks by ONNX Runtime's alone.</summary>
[TestFixture]
internal sealed class IntegerFusionTests : IntegerFixture
{
    private const float Rounding = 1e-6f;

    // Widths of whole and of broken groups of eight pixels, of one block, and odd sizes.
    [TestCase(3, 16, 32, 12)]
    [TestCase(1, 6, 22, 4)]
    [TestCase(2, 10, 2, 8)]
    [TestCase(3, 2, 14, 12)]
    [TestCase(3, 17, 34, 12)]
    [TestCase(2, 6, 21, 8)]
    [TestCase(1, 9, 31, 4)]
    public void TryApply_FirstConvolutionOverBlocks_GivesTheSame(int channels, int height, int width, int blockChannels)
    {
        var network = new LaneNetwork(channels, height, width).Conv(channels, 32, 3, 1, 2, "0,0,1,1").Activation("Relu").Output();
        var (model, fused) = Quantize(network, channels, height, width);
        Assert.That(fused!.Proto.Graph.Node.Select(node => node.OpType), Has.One.EqualTo(BlocksToBytes.OperatorName).And.None.EqualTo("SpaceToDepth").And.None.EqualTo("Pad").And.None.EqualTo("QuantizeLinear"));
        Assert.That(fused.Proto.Graph.Initializer.Single(tensor => tensor.Dims.Count == 4).Dims[1], Is.EqualTo(blockChannels));
        foreach (var threads in new[] { 1, 2 })
            Assert.That(Run(fused, threads, 3, channels, height, width), Is.EqualTo(Run(model, 1, 3, channels, height, width)));
    }

    [Test]
    public void BlocksToBytes_ValuesBeyondTheRange_AreCutOff()
    {
        const int Pixels = 2 * 20;
        var (model, fused) = Quantize(new LaneNetwork(1, 2, 20).Conv(1, 32, 2, 1, 2).Output(), 1, 2, 20);
        foreach (var value in new[] { 1e9f, -1e9f, 3e38f, -3e38f, 5f, -5f, 0.00390625f })
        {
            float[] image = [.. Enumerable.Range(0, Pixels).Select(i => i % 3 == 0 ? value : i / 40f)];
            Assert.That(Run(fused!, 1, image, 1, 1, 2, 20), Is.EqualTo(Run(model, 1, image, 1, 1, 2, 20)));
        }
    }

    [TestCase("GlobalAveragePool", true, 32)]
    [TestCase("ReduceMean", true, 96)]
    [TestCase("ReduceMean", false, 15)]
    [TestCase("ReduceMean", false, 150)]
    public void TryApply_MeanOfALayer_IsTakenOverBytes(string op, bool keepsAxes, int channels)
    {
        var network = new LaneNetwork(3, 12, 10).Conv(3, channels, 3, 1, 2, "0,0,1,1").Activation("Clip").Mean("ReduceMean", keepsAxes).Output();
        var model = Quantize(network, 3, 12, 10).Model;
        if (op == "GlobalAveragePool")
            UsePool(model.Proto.Graph.Node.Single(node => node.OpType == "ReduceMean"));
        var fused = IntegerFusion.TryApply(model);
        Assert.That(fused!.Proto.Graph.Node.Select(node => node.OpType), Has.One.EqualTo(IntegerMean.OperatorName).And.None.EqualTo("DequantizeLinear").And.None.EqualTo("Transpose"));
        var expected = Run(model, 1, 2, 3, 12, 10);
        Assert.That(expected, Has.Length.EqualTo(2 * channels));
        Assert.That(Run(fused, 2, 2, 3, 12, 10), Is.EqualTo(expected).Within(Rounding));
    }

    [Test]
    public void TryApply_BottlenecksWhoseLayersAreReadToo_GiveTheSame()
    {
        var network = new LaneNetwork(3, 24, 24).Conv(3, 32, 3, 1, 2, "0,0,1,1").Activation("Clip").Depthwise(32).Activation("Clip").Conv(32, 16).Conv(16, 48).Activation("Clip");
        var widened = network.Last;
        network.Depthwise(48, 2).Activation("Relu").Conv(48, 40).Output();
        network.Node("Identity", [widened]).Mean("ReduceMean", keepsAxes: false).Output();
        var (model, fused) = Quantize(network, 3, 24, 24);
        var operators = fused!.Proto.Graph.Node.Select(node => node.OpType).ToList();
        Assert.That(operators, Has.Exactly(2).EqualTo(IntegerDepthwise.OperatorName).And.One.EqualTo(IntegerMean.OperatorName));
        Assert.That(Run(fused, 2, 2, 3, 24, 24), Is.EqualTo(Run(model, 1, 2, 3, 24, 24)).Within(Rounding));
        Assert.That(GraphFusion.TryApply(model)!.Proto.Graph.Node.Select(node => node.OpType), Is.EqualTo(operators));
    }

    [Test]
    public void TryApply_MeanOverOtherAxes_StaysWithOnnxRuntime()
    {
        var network = new LaneNetwork(3, 9, 9).Conv(3, 32, 3).Activation("Relu");
        network.Node("ReduceMean", [network.Last, "channels"]).Output();
        network.Graph.Initializer.Add(new TensorProto { Name = "channels", DataType = (int)TensorProto.Types.DataType.Int64, Dims = { 1 }, Int64Data = { 1 } });
        Assert.That(Quantize(network, 3, 9, 9).Fused, Is.Null);
    }

    [Test]
    public void TryApply_PoolBetweenConvolutions_IsComputedInBytes()
    {
        var network = new LaneNetwork(3, 12, 12).Conv(3, 48, 3).Activation("Relu");
        network.Node("AveragePool", [network.Last], GraphBuilder.Ints("kernel_shape", 3, 3), GraphBuilder.Ints("pads", 1, 1, 1, 1)).Conv(48, 24).Output();
        var (model, fused) = Quantize(network, 3, 12, 12);
        Assert.That(fused!.Proto.Graph.Node.Select(node => node.OpType), Has.One.EqualTo(IntegerAveragePool.OperatorName).And.None.EqualTo("QLinearAveragePool"));
        Assert.That(Run(fused, 2, 2, 3, 12, 12), Is.EqualTo(Run(model, 1, 2, 3, 12, 12)).Within(0.02));
    }

    [Test]
    public void TryApply_Model_StaysAsItIs()
    {
        var (model, _) = Quantize(new LaneNetwork(3, 12, 12).Conv(3, 32, 3).Depthwise(32).Output(), 3, 12, 12);
        var before = model.ToBytes();
        var fused = IntegerFusion.TryApply(model);
        Assert.That(fused!.Proto.OpsetImport.Select(set => set.Domain), Has.Some.EqualTo(KernelOperators.Domain));
        Assert.That(model.ToBytes(), Is.EqualTo(before));
    }

    [Test]
    public void TryApply_FloatsOrNoModel_IsNull()
    {
        var broken = Quantize(new LaneNetwork(3, 12, 12).Conv(3, 32, 3).Depthwise(32).Output(), 3, 12, 12).Model;
        broken.Proto.Graph.Node[^1].OpType = "NoSuchOperator";
        Assert.Multiple(() =>
        {
            Assert.That(IntegerFusion.TryApply(new LaneNetwork(32, 8, 8).Depthwise(32).Output().Model()), Is.Null);
            Assert.That(IntegerFusion.TryApply(broken), Is.Null);
        });
    }

    // Of models in integers from elsewhere; our own pool integers.
    private static void UsePool(NodeProto mean)
    {
        mean.OpType = "GlobalAveragePool";
        mean.Input.RemoveAt(1);
        mean.Attribute.Clear();
    }

    private static (OnnxModel Model, OnnxModel? Fused) Quantize(LaneNetwork network, int channels, int height, int width)
    {
        IEnumerable<float[]> sample = [.. Enumerable.Range(0, 4).Select(i => Numbers(i, channels * height * width))];
        var model = StaticProducts.Apply(network.Model(), sample, [channels, height, width], new StaticQuantizationOptions(), [], default).Model;
        return (model, IntegerFusion.TryApply(model));
    }

    private static float[] Run(OnnxModel model, int threads, int batch, params long[] row) =>
        Run(model, threads, Numbers(11, batch * (int)row.Aggregate((product, size) => product * size)), [batch, .. row]);

    private static float[] Run(OnnxModel model, int threads, float[] values, params long[] shape)
    {
        using var options = OnnxRuntimeLibrary.NewOptions();
        options.IntraOpNumThreads = threads;
        KernelOperators.AddTo(options);
        using var session = new InferenceSession(model.ToBytes(), options);
        using var input = OrtValue.CreateTensorValueFromMemory(values, shape);
        using var run = new RunOptions();
        using var results = session.Run(run, session.InputNames, [input], session.OutputNames);
        return [.. results.SelectMany(result => result.GetTensorDataAsSpan<float>().ToArray())];
    }

    private static float[] Numbers(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }
}
