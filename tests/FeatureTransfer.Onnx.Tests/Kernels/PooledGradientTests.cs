using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Kernels;

/// <summary>Gradients of maximum pools by the operator of our own against those by standard operators, which are held against central differences.</summary>
[TestFixture]
internal sealed class PooledGradientTests
{
    private const int Batch = 3;
    private const int Channels = 5;

    // The pools read few different numbers, so that many windows have several maxima.
    [TestCase("12,12", "3,3", "2,2", "1,1,1,1", "1,1", 0)]
    [TestCase("7,10", "2,2", "2,2", "0,0,0,0", "1,1", 0)]
    [TestCase("6,6", "3,3", "2,2", "0,0,0,0", "1,1", 1)]
    [TestCase("9,7", "3,2", "1,1", "2,0,1,1", "1,1", 0)]
    [TestCase("11,9", "3,3", "1,2", "2,2,2,2", "2,2", 0)]
    [TestCase("11", "3", "2", "1,1", "1", 0)]
    public void Build_MaxPoolWithKernels_GivesTheSameGradient(string size, string kernel, string strides, string pads, string dilations, int ceil)
    {
        var pool = new Pool(Numbers(size), [
            GraphBuilder.Ints("kernel_shape", Numbers(kernel)), GraphBuilder.Ints("strides", Numbers(strides)), GraphBuilder.Ints("pads", Numbers(pads)),
            GraphBuilder.Ints("dilations", Numbers(dilations)), GraphBuilder.Int("ceil_mode", ceil)]);
        var (standard, standardOperators) = pool.Gradient(useKernels: false);
        var (own, operators) = pool.Gradient(useKernels: true);
        Assert.Multiple(() =>
        {
            Assert.That(standardOperators, Has.Some.EqualTo("ScatterElements").And.None.EqualTo(PooledGradient.OperatorName));
            Assert.That(operators, Has.Some.EqualTo(PooledGradient.OperatorName).And.None.EqualTo("ScatterElements"));
            Assert.That(standard, Has.Some.Not.Zero);
            Assert.That(own, Is.EqualTo(standard));
        });
    }

    [Test]
    public void Build_MaxPoolOverVolumes_IsScattered()
    {
        var pool = new Pool([4, 4, 4], [GraphBuilder.Ints("kernel_shape", 2, 2, 2), GraphBuilder.Ints("strides", 2, 2, 2)]);
        Assert.That(pool.Gradient(useKernels: true).Operators, Has.Some.EqualTo("ScatterElements").And.None.EqualTo(PooledGradient.OperatorName));
    }

    private static long[] Numbers(string text) => [.. text.Split(',').Select(long.Parse)];

    private sealed record Pool(long[] Size, AttributeProto[] Attributes)
    {
        public (float[] Gradient, List<string> Operators) Gradient(bool useKernels)
        {
            long[] one = [Channels, .. Size];
            var random = new Random(4);
            (float[] Values, long[] Shape) x = (Values([Batch, .. one], () => random.Next(-2, 3)), [Batch, .. one]);
            (float[] Values, long[] Shape) scale = (Values(one, () => 1), one);
            var (results, operators) = TrainedGraph.Run(Graph(), ["scale"], useKernels, name => name == "x" ? x : scale);
            return (results.Single(result => result.Key != "loss").Value, operators);
        }

        private static float[] Values(long[] shape, Func<float> next) => [.. Enumerable.Range(0, (int)Count(shape)).Select(_ => next())];

        private static long Count(long[] shape) => shape.Aggregate((product, size) => product * size);

        // The loss weighs what is pooled, squared.
        private GraphProto Graph()
        {
            var builder = new GraphBuilder("graph");
            builder.Constant("scale", new float[Channels * Count(Size)], [Channels, .. Size]);
            builder.Graph.Input.Add(GraphBuilder.FloatValue("x", [-1, Channels, .. Size]));
            builder.Node("Mul", "scaled", ["x", "scale"]);
            builder.Node("MaxPool", "pooled", ["scaled"], Attributes);
            builder.Node("Mul", "products", ["pooled", "pooled"]);
            builder.Node("ReduceSum", "loss", ["products"], GraphBuilder.Int("keepdims", 0));
            return builder.Graph;
        }
    }
}
