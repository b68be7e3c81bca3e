using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;

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
            var training = GradientGraph.Build(Model(), new GradientRequest { Loss = "loss", Trainable = ["scale"], UseKernels = useKernels });
            using var options = OnnxRuntimeLibrary.NewOptions();
            options.IntraOpNumThreads = 2;
            KernelOperators.AddTo(options);
            using var session = new InferenceSession(training.Model.ToBytes(), options);
            long[] scale = [Channels, .. Size];
            var random = new Random(4);
            var values = session.InputNames.Select(name => name == "scale" ? Values(scale, () => 1) : Values([Batch, .. scale], () => random.Next(-2, 3))).ToList();
            using var run = new RunOptions();
            using var results = session.Run(run, session.InputNames, values, session.OutputNames);
            values.ForEach(value => value.Dispose());
            return (results[1].GetTensorDataAsSpan<float>().ToArray(), [.. training.Model.Proto.Graph.Node.Select(node => node.OpType)]);
        }

        private static OrtValue Values(long[] shape, Func<float> next)
        {
            var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
            for (var i = 0; i < values.Length; i++)
                values[i] = next();
            return OrtValue.CreateTensorValueFromMemory(values, shape);
        }

        // The loss weighs what is pooled, squared.
        private OnnxModel Model()
        {
            var builder = new GraphBuilder("graph");
            builder.Constant("scale", new float[Channels * Size.Aggregate(1L, (product, size) => product * size)], [Channels, .. Size]);
            builder.Graph.Input.Add(GraphBuilder.FloatValue("x", [-1, Channels, .. Size]));
            builder.Node("Mul", "scaled", ["x", "scale"]);
            builder.Node("MaxPool", "pooled", ["scaled"], Attributes);
            builder.Node("Mul", "products", ["pooled", "pooled"]);
            builder.Node("ReduceSum", "loss", ["products"], GraphBuilder.Int("keepdims", 0));
            builder.Graph.Output.Add(new ValueInfoProto { Name = "loss" });
            return new OnnxModel(new ModelProto { IrVersion = 9, Graph = builder.Graph, OpsetImport = { new OperatorSetIdProto { Version = 18 } } }, "pool");
        }
    }
}
