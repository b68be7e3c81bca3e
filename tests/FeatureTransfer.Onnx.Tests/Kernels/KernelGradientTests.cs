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
            foreach (var (name, values) in plain)
                Assert.That(Tensors.RelativeDistance(own[name], values), Is.LessThan(2e-5), name);
        });
    }

    // A network's first convolution: the way forward is ONNX Runtime's own.
    [TestCase(3, 16, 66, 70, 7, 2, "3,3,3,3")]
    [TestCase(1, 5, 41, 45, 3, 1, "0,1,1,0")]
    [TestCase(8, 4, 50, 48, 2, 1, "0,0,0,0")]
    public void Build_FewChannelsOfLargeImages_TheWeightsGradientIsOneProduct(int inputs, int outputs, int rows, int columns, int kernel, int stride, string pads)
    {
        var convolution = new TestedConvolution(inputs, outputs, rows, columns, kernel, stride, [.. pads.Split(',').Select(long.Parse)]);
        var (plain, standard) = convolution.Run(useKernels: false);
        var (own, operators) = convolution.Run(useKernels: true);
        Assert.Multiple(() =>
        {
            Assert.That(standard.Count("Slice".Equals), Is.GreaterThanOrEqualTo(kernel * kernel));
            Assert.That(operators, Has.One.EqualTo("Unrolled").And.Some.EqualTo("Conv"));
            foreach (var (name, values) in plain)
                Assert.That(Tensors.RelativeDistance(own[name], values), Is.LessThan(2e-5), name);
        });
    }

    // Too many channels, and a matrix of more than 8 MB an image.
    [TestCase(9, 4, 50, 48, 2)]
    [TestCase(8, 2, 160, 160, 4)]
    public void Build_ManyChannelsOrAMatrixTooLarge_TheWeightsGradientIsAProductAPlace(int inputs, int outputs, int rows, int columns, int kernel)
    {
        var (_, operators) = new TestedConvolution(inputs, outputs, rows, columns, kernel, 1, [0, 0, 0, 0]).Run(useKernels: true);
        Assert.That(operators.Count("Slice".Equals), Is.GreaterThanOrEqualTo(kernel * kernel));
        Assert.That(operators, Has.None.EqualTo("Unrolled"));
    }

    private sealed record TestedConvolution(int Inputs, int Outputs, int Rows, int Columns, int Kernel, int Stride, long[] Pads)
    {
        private int OutputRows => (int)((Rows + Pads[0] + Pads[2] - Kernel) / Stride) + 1;

        private int OutputColumns => (int)((Columns + Pads[1] + Pads[3] - Kernel) / Stride) + 1;

        public (Dictionary<string, float[]> Results, List<string> Operators) Run(bool useKernels)
        {
            var shapes = new Dictionary<string, long[]>
            {
                ["x"] = [Batch, Inputs, Rows, Columns],
                ["r"] = [Batch, Outputs, OutputRows, OutputColumns],
                ["scale"] = [Inputs, 1, 1],
                ["w"] = [Outputs, Inputs, Kernel, Kernel],
                ["b"] = [Outputs],
            };
            return TrainedGraph.Run(Graph(), ["scale", "w", "b"], useKernels, name => (Numbers(shapes[name]), shapes[name]));
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
