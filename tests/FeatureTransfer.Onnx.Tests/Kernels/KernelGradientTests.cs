using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Kernels.Lanes;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Kernels;

/// <summary>Loss and gradients of a convolution by operators of our own against those by standard operators, which are held against central differences.</summary>
[TestFixture]
internal sealed class KernelGradientTests
{
    private const int Batch = 3;

    [TestCase(16, 20, 7, 7, 3, 1, "1,1,1,1", "Winograd")]
    [TestCase(24, 16, 14, 14, 3, 1, "1,1,1,1", "Winograd")]
    [TestCase(16, 16, 9, 12, 3, 1, "0,0,0,0", "Winograd")]
    [TestCase(17, 19, 8, 6, 3, 1, "2,0,1,1", "Winograd")]
    [TestCase(16, 16, 30, 21, 3, 1, "1,1,1,1", "Winograd")]
    [TestCase(16, 16, 2, 2, 3, 1, "1,1,1,1", "Winograd")]
    [TestCase(16, 16, 3, 3, 3, 1, "1,1,1,1", "Unrolled")]
    [TestCase(16, 16, 6, 3, 3, 1, "1,1,1,1", "Unrolled")]
    [TestCase(5, 7, 14, 14, 3, 2, "1,1,1,1", "Unrolled")]
    [TestCase(16, 8, 14, 13, 1, 2, "0,0,0,0", "Unrolled")]
    [TestCase(4, 6, 9, 9, 5, 1, "2,2,2,2", "Unrolled")]
    [TestCase(4, 6, 40, 40, 3, 2, "1,1,1,1", "Unrolled")]
    public void Build_WithKernels_GivesTheSameGradients(int inputs, int outputs, int rows, int columns, int kernel, int stride, string pads, string expected)
    {
        var convolution = new TestedConvolution(inputs, outputs, rows, columns, kernel, stride, [.. pads.Split(',').Select(long.Parse)]);
        var (plain, standard) = convolution.Run(useKernels: false);
        var (own, operators) = convolution.Run(useKernels: true);
        Assert.Multiple(() =>
        {
            Assert.That(standard, Has.None.StartsWith("Winograd").And.None.EqualTo("Unrolled"));
            Assert.That(operators, Has.Some.StartsWith(expected));
            Assert.That(operators, Has.None.EqualTo("Conv"));
            AssertSame(own, plain);
        });
    }

    // A network's first convolution; where the processor has no vectors of 512 bits, the way forward is ONNX Runtime's own.
    [TestCase(3, 16, 66, 70, 7, 2, "3,3,3,3")]
    [TestCase(1, 5, 41, 45, 3, 1, "0,1,1,0")]
    [TestCase(8, 4, 50, 48, 2, 1, "0,0,0,0")]
    public void Build_FewChannelsOfLargeImages_NothingIsLaidOut(int inputs, int outputs, int rows, int columns, int kernel, int stride, string pads)
    {
        var convolution = new TestedConvolution(inputs, outputs, rows, columns, kernel, stride, [.. pads.Split(',').Select(long.Parse)]);
        var (plain, standard) = convolution.Run(useKernels: false);
        var (own, operators) = convolution.Run(useKernels: true);
        Assert.Multiple(() =>
        {
            Assert.That(standard.Count("Slice".Equals), Is.GreaterThanOrEqualTo(kernel * kernel));
            Assert.That(operators, LaneLayout.IsFast
                ? Has.One.EqualTo("ImageConv").And.One.EqualTo("ImageConvWeightGradient").And.None.EqualTo("Relu")
                : Has.One.EqualTo("Unrolled").And.Some.EqualTo("Conv"));
            AssertSame(own, plain);
        });
    }

    [TestCase(3, 16, 66, 70, 7, 2, "3,3,3,3")]
    [TestCase(8, 4, 50, 48, 2, 1, "0,0,0,0")]
    public void Build_FewChannelsOfLargeImagesAsTheyAre_TheWeightsGradientIsOneProduct(int inputs, int outputs, int rows, int columns, int kernel, int stride, string pads)
    {
        var convolution = new TestedConvolution(inputs, outputs, rows, columns, kernel, stride, [.. pads.Split(',').Select(long.Parse)]);
        var (own, operators) = convolution.Run(useKernels: true, rearrange: false);
        Assert.Multiple(() =>
        {
            Assert.That(operators, Has.One.EqualTo("Unrolled").And.Some.EqualTo("Conv"));
            AssertSame(own, convolution.Run(useKernels: false).Results);
        });
    }

    [TestCase(16, 24, 28, 28)]
    [TestCase(40, 6, 29, 31)]
    [TestCase(3, 300, 28, 28)]
    public void Build_PixelsOfLargeImages_AreDoneByOperatorsOfOurOwn(int inputs, int outputs, int rows, int columns)
    {
        var convolution = new TestedConvolution(inputs, outputs, rows, columns, 1, 1, [0, 0, 0, 0]);
        var (own, operators) = convolution.Run(useKernels: true);
        Assert.Multiple(() =>
        {
            if (LaneLayout.IsFast)
                Assert.That(operators, Has.Some.EqualTo("PixelConv").And.One.EqualTo("PixelConvWeightGradient").And.Exactly(outputs > 256 ? 1 : 0).EqualTo("Gemm"));
            AssertSame(own, convolution.Run(useKernels: false).Results);
        });
    }

    // Too many channels, or too few pixels.
    [TestCase(257, 2, 28, 28)]
    [TestCase(4, 2, 28, 27)]
    public void Build_PixelsOtherwise_AreAProduct(int inputs, int outputs, int rows, int columns)
    {
        var (_, operators) = new TestedConvolution(inputs, outputs, rows, columns, 1, 1, [0, 0, 0, 0]).Run(useKernels: true);
        Assert.That(operators, Has.None.StartsWith("PixelConv").And.Some.EqualTo("Gemm"));
    }

    [Test]
    public void Build_ManyChannels_TheWeightsGradientIsAProductAPlace()
    {
        var (_, operators) = new TestedConvolution(9, 4, 50, 48, 2, 1, [0, 0, 0, 0]).Run(useKernels: true);
        Assert.That(operators.Count("Slice".Equals), Is.GreaterThanOrEqualTo(4));
        Assert.That(operators, Has.None.EqualTo("Unrolled").And.None.StartsWith("ImageConv"));
    }

    // Of more than 8 MB.
    [Test]
    public void Build_ImagesTooLarge_StayInTheirPlace()
    {
        var (_, operators) = new TestedConvolution(8, 1, 513, 512, 2, 8, [0, 0, 0, 0]).Run(useKernels: true);
        Assert.That(operators, Has.None.StartsWith("ImageConv").And.One.EqualTo("Unrolled"));
    }

    [Test]
    public void Build_MatrixTooLarge_TheWeightsGradientIsAProductAPlace()
    {
        var (_, operators) = new TestedConvolution(8, 2, 160, 160, 4, 1, [0, 0, 0, 0]).Run(useKernels: true, rearrange: false);
        Assert.That(operators.Count("Slice".Equals), Is.GreaterThanOrEqualTo(16));
        Assert.That(operators, Has.None.EqualTo("Unrolled"));
    }

    // Behind operators of our own ONNX Runtime would otherwise know no shape where the batch is free.
    [Test]
    public void Build_WithKernels_SaysWhichShapesTheyGive()
    {
        var graph = new TestedConvolution(16, 20, 7, 7, 3, 1, [1, 1, 1, 1]).Build(useKernels: true);
        var sizes = graph.ValueInfo.ToDictionary(value => value.Name, value => value.Type.TensorType.Shape.Dim.ToList());
        Assert.Multiple(() =>
        {
            Assert.That(sizes.Keys, Is.EquivalentTo(graph.Node.Where(node => node.Domain == KernelOperators.Domain).Select(node => node.Output[0])));
            Assert.That(sizes.Values.SelectMany(shape => shape).Select(size => size.HasDimValue || size.DimParam.Length > 0), Is.All.True);
            var output = sizes[graph.Node.Single(node => node.OpType == "WinogradOutput").Output[0]];
            Assert.That(output.Select(size => size.DimValue), Is.EqualTo(new long[] { 20, 0, 7, 7 }));
            Assert.That(output[1].DimParam, Is.EqualTo(sizes[graph.Node.Single(node => node.OpType == "PassedGradient").Output[0]][1].DimParam));
        });
    }

    private static void AssertSame(Dictionary<string, float[]> actual, Dictionary<string, float[]> expected)
    {
        foreach (var (name, values) in expected)
            Assert.That(Tensors.RelativeDistance(actual[name], values), Is.LessThan(2e-5), name);
    }

    private sealed record TestedConvolution(int Inputs, int Outputs, int Rows, int Columns, int Kernel, int Stride, long[] Pads)
    {
        private static readonly string[] _learning = ["scale", "w", "b"];

        private int OutputRows => (int)((Rows + Pads[0] + Pads[2] - Kernel) / Stride) + 1;

        private int OutputColumns => (int)((Columns + Pads[1] + Pads[3] - Kernel) / Stride) + 1;

        public GraphProto Build(bool useKernels) => TrainedGraph.Build(Graph(), _learning, useKernels).Model.Proto.Graph;

        public (Dictionary<string, float[]> Results, List<string> Operators) Run(bool useKernels, bool rearrange = true)
        {
            var shapes = new Dictionary<string, long[]>
            {
                ["x"] = [Batch, Inputs, Rows, Columns],
                ["r"] = [Batch, Outputs, OutputRows, OutputColumns],
                ["scale"] = [Inputs, 1, 1],
                ["w"] = [Outputs, Inputs, Kernel, Kernel],
                ["b"] = [Outputs],
            };
            return TrainedGraph.Run(Graph(), _learning, useKernels, name => (Numbers(shapes[name]), shapes[name]), rearrange);
        }

        // Each channel of the images is scaled by a number that learns, so that the gradient of the images counts too.
        private GraphProto Graph()
        {
            var builder = new GraphBuilder("graph");
            builder.Constant("scale", new float[Inputs], Inputs, 1, 1);
            builder.Constant("w", new float[Outputs * Inputs * Kernel * Kernel], Outputs, Inputs, Kernel, Kernel);
            builder.Constant("b", new float[Outputs], Outputs);
            builder.Graph.Input.Add(GraphBuilder.FloatValue("x", -1, Inputs, Rows, Columns));
            builder.Graph.Input.Add(GraphBuilder.FloatValue("r", -1, Outputs, OutputRows, OutputColumns));
            builder.Node("Mul", "scaled", ["x", "scale"]);
            builder.Node("Conv", "y", ["scaled", "w", "b"], GraphBuilder.Ints("kernel_shape", Kernel, Kernel), GraphBuilder.Ints("strides", Stride, Stride), GraphBuilder.Ints("pads", Pads));
            builder.Node("Relu", "positive", ["y"]);
            builder.Node("Mul", "products", ["positive", "r"]);
            builder.Node("ReduceSum", "loss", ["products"], GraphBuilder.Int("keepdims", 0));
            return builder.Graph;
        }

        private static float[] Numbers(long[] shape)
        {
            var random = new Random(shape.Length);
            return [.. Enumerable.Range(0, (int)shape.Aggregate((product, size) => product * size)).Select(_ => (float)((random.NextDouble() * 2) - 1))];
        }
    }
}
