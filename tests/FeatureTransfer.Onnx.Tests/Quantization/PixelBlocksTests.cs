using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Onnx.Tests.Quantization;

public class PixelBlocksTests
{
    private const int Outputs = 5;

    [TestCase(3, 7, 7, new[] { 3L, 3, 3, 3 }, TestName = "Gather_AsResNet")]
    [TestCase(3, 3, 3, new[] { 0L, 0, 1, 1 }, TestName = "Gather_AsMobileNetFromKeras")]
    [TestCase(3, 3, 3, new[] { 1L, 1, 1, 1 }, TestName = "Gather_AsMobileNetFromTorch")]
    [TestCase(1, 5, 2, new[] { 2L, 0, 1, 0 }, TestName = "Gather_OneChannelAndAWindowThatIsHigh")]
    [TestCase(2, 1, 4, new[] { 0L, 1, 0, 2 }, TestName = "Gather_TwoChannelsAndAWindowThatIsWide")]
    [TestCase(3, 2, 2, new[] { 0L, 0, 0, 0 }, TestName = "Gather_WindowsOfOneBlock")]
    [TestCase(6, 3, 3, new[] { 2L, 2, 2, 2 }, TestName = "Gather_WidePadding")]
    [TestCase(3, 1, 1, new[] { 3L, 3, 0, 0 }, TestName = "Gather_WindowsInThePadding")]
    public void Gather_FirstConvolution_GivesTheSame(int channels, int kernelHeight, int kernelWidth, long[] pads)
    {
        var model = Model(channels, 8, 12, kernelHeight, kernelWidth, GraphBuilder.Ints("strides", 2, 2), GraphBuilder.Ints("pads", pads));
        var (input, shape) = (Numbers(2 * channels * 8 * 12, 1), new long[] { 2, channels, 8, 12 });
        var expected = Onnxes.Run(model, input, shape);
        PixelBlocks.Gather(model.Proto.Graph);
        var actual = Onnxes.Run(model, input, shape);
        Assert.Multiple(() =>
        {
            Assert.That(actual["y"], Is.EqualTo(expected["y"]).Within(1e-5));
            Assert.That(actual["other"], Is.EqualTo(expected["other"]), "who else reads the image, reads pixels");
            Assert.That(First(model).Ints("strides"), Is.Null, "it is of stride one");
            Assert.That(Weight(model).Dims[1], Is.EqualTo(4 * channels));
            Assert.That(model.Proto.Graph.Initializer.Select(tensor => tensor.Name), Does.Not.Contain("w"));
        });
    }

    // Windows end at the last pixel, before it, and in the padding behind it.
    [TestCase(9, 12, 3, "NOTSET", new[] { 0L, 0, 0, 0 })]
    [TestCase(9, 13, 3, "NOTSET", new[] { 1L, 1, 1, 1 })]
    [TestCase(8, 13, 4, "NOTSET", new[] { 1L, 1, 1, 1 })]
    [TestCase(11, 9, 7, "NOTSET", new[] { 3L, 2, 1, 3 })]
    [TestCase(9, 7, 3, "SAME_UPPER", null)]
    [TestCase(9, 12, 4, "SAME_LOWER", null)]
    [TestCase(7, 9, 1, "SAME_UPPER", null)]
    public void Gather_OddSize_GivesTheSame(int height, int width, int kernel, string padding, long[]? pads)
    {
        var attribute = pads is null ? GraphBuilder.Text("auto_pad", padding) : GraphBuilder.Ints("pads", pads);
        var model = Model(3, height, width, kernel, kernel, GraphBuilder.Ints("strides", 2, 2), attribute);
        var image = Numbers(2 * 3 * height * width, 4);
        var expected = Onnxes.Run(model, image, [2, 3, height, width]);
        PixelBlocks.Gather(model.Proto.Graph);
        Assert.That(First(model).Ints("strides"), Is.Null);
        var actual = Onnxes.Run(model, image, [2, 3, height, width]);
        Assert.That(actual["y"], Is.EqualTo(expected["y"]).Within(1e-5));
        Assert.That(actual["other"], Is.EqualTo(expected["other"]));
    }

    [Test]
    public void Gather_NoBias_StaysWithout()
    {
        var model = Model(3, 8, 12, 3, 3, GraphBuilder.Ints("strides", 2, 2));
        First(model).Input.RemoveAt(2);
        var expected = Onnxes.Run(model, Numbers(288, 2), [1, 3, 8, 12])["y"];
        PixelBlocks.Gather(model.Proto.Graph);
        Assert.That(First(model).Input, Has.Count.EqualTo(2));
        Assert.That(Onnxes.Run(model, Numbers(288, 2), [1, 3, 8, 12])["y"], Is.EqualTo(expected).Within(1e-5));
    }

    [TestCase(4, 8, 12, 2, 1, TestName = "Gather_FourChannels_Stays")]
    [TestCase(3, 8, 12, 1, 1, TestName = "Gather_StrideOne_Stays")]
    [TestCase(3, 8, 12, 3, 1, TestName = "Gather_StrideThree_Stays")]
    [TestCase(3, 8, 12, 2, 2, TestName = "Gather_Dilation_Stays")]
    public void Gather_NothingOfTheKind_Stays(int channels, int height, int width, int stride, int dilation) =>
        Stays(Model(channels, height, width, 3, 3, GraphBuilder.Ints("strides", stride, stride), GraphBuilder.Ints("dilations", dilation, dilation)));

    [TestCase("SAME_UPPER", 3)]
    [TestCase("SAME_UPPER", 6)]
    [TestCase("SAME_LOWER", 3)]
    [TestCase("SAME_UPPER", 1)]
    public void Gather_PaddingThatTheSizeDecides_GivesTheSame(string padding, int kernel)
    {
        var model = Model(3, 8, 12, kernel, kernel, GraphBuilder.Ints("strides", 2, 2), GraphBuilder.Text("auto_pad", padding));
        var expected = Onnxes.Run(model, Numbers(288, 3), [1, 3, 8, 12])["y"];
        PixelBlocks.Gather(model.Proto.Graph);
        Assert.That(First(model).Ints("strides"), Is.Null);
        Assert.That(Onnxes.Run(model, Numbers(288, 3), [1, 3, 8, 12])["y"], Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void StaticProducts_OfSuchAModel_RearrangeBytes()
    {
        var model = Model(3, 8, 12, 3, 3, GraphBuilder.Ints("strides", 2, 2), GraphBuilder.Ints("pads", 1, 1, 1, 1));
        float[][] sample = [Numbers(288, 4), Numbers(288, 5)];
        var made = StaticProducts.Apply(model, sample, [3, 8, 12], new StaticQuantizationOptions { Method = CalibrationMethod.MinMax }, [], default).Model;
        var nodes = made.Proto.Graph.Node;
        var blocks = nodes.Single(node => node.OpType == "SpaceToDepth");
        Assert.Multiple(() =>
        {
            Assert.That(nodes.Single(node => node.Output[0] == blocks.Input[0]).OpType, Is.EqualTo("QuantizeLinear"));
            Assert.That(nodes.Single(node => node.Input[0] == blocks.Output[0]).OpType, Is.EqualTo("DequantizeLinear"));
            Assert.That(Onnxes.Run(made, sample[0], [1, 3, 8, 12])["y"], Is.EqualTo(Onnxes.Run(model, sample[0], [1, 3, 8, 12])["y"]).Within(0.02));
            Assert.That(Onnxes.Run(made, sample[0], [1, 3, 8, 12])["other"], Is.EqualTo(sample[0].Select(value => -value)).Within(0.01));
        });
    }

    [Test]
    public void StaticProducts_WithTheFirstLayerInFloats_LeaveIt()
    {
        var model = Model(3, 8, 12, 3, 3, GraphBuilder.Ints("strides", 2, 2));
        model.Proto.Graph.Output.RemoveAt(0);
        var builder = new GraphBuilder(model.Proto.Graph);
        builder.Node("Conv", "z", ["y", builder.Constant("v", Numbers(Outputs, 9), 1, Outputs, 1, 1)]);
        model.Proto.Graph.Output.Add(new ValueInfoProto { Name = "z" });
        var made = StaticProducts.Apply(model, [Numbers(288, 4)], [3, 8, 12], new StaticQuantizationOptions { KeepFirst = true }, [], default).Model;
        Assert.That(made.Proto.Graph.Node.Select(node => node.OpType), Does.Not.Contain("SpaceToDepth"));
    }

    [Test]
    public void Gather_LastPixelThatNoWindowReaches_Stays() => Stays(Model(3, 8, 13, 2, 2, GraphBuilder.Ints("strides", 2, 2)));

    [Test]
    public void Gather_FreeSize_Stays()
    {
        var model = Model(3, 8, 12, 3, 3, GraphBuilder.Ints("strides", 2, 2));
        model.Proto.Graph.Input[0].Type.TensorType.Shape.Dim[2] = new TensorShapeProto.Types.Dimension { DimParam = "height" };
        Stays(model);
    }

    private static void Stays(OnnxModel model)
    {
        var before = model.Proto.Clone();
        PixelBlocks.Gather(model.Proto.Graph);
        Assert.That(model.Proto, Is.EqualTo(before));
    }

    private static NodeProto First(OnnxModel model) => model.Proto.Graph.Node.Single(node => node.OpType == "Conv");

    private static TensorProto Weight(OnnxModel model) => model.Proto.Graph.Initializer.Single(tensor => tensor.Name == First(model).Input[1]);

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    /// <summary>x (batch, channels, height, width) -> y by a convolution and a ReLU, and other, which is x negated.</summary>
    private static OnnxModel Model(int channels, int height, int width, int kernelHeight, int kernelWidth, params AttributeProto[] attributes)
    {
        var builder = new GraphBuilder("model");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, channels, height, width));
        var weight = builder.Constant("w", Numbers(Outputs * channels * kernelHeight * kernelWidth, 7), Outputs, channels, kernelHeight, kernelWidth);
        builder.Node("Conv", "c", ["x", weight, builder.Constant("b", Numbers(Outputs, 8), Outputs)], [GraphBuilder.Ints("kernel_shape", kernelHeight, kernelWidth), .. attributes]);
        builder.Node("Relu", "y", ["c"]);
        builder.Node("Neg", "other", ["x"]);
        builder.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        builder.Graph.Output.Add(new ValueInfoProto { Name = "other" });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, "model");
    }
}
